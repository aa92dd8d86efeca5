"""Recurses down to Python floats, uses math only, and builds the nested result again.

task: logistic-derivative
"""

# %% logistic-derivative
import math


def logistic_prime(z):
    def one(value: float) -> float:
        e = math.exp(-abs(value))
        return e / ((1 + e) * (1 + e))

    def walk(part):
        return [walk(p) for p in part] if isinstance(part, list) else one(part)

    z = np.asarray(z, dtype=float)
    return np.array(walk(z.tolist()), dtype=float).reshape(z.shape)
