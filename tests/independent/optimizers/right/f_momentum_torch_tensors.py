"""Computes with float64 tensors and returns them; velocities kept as a tuple of pairs inside a class instance.

task: momentum
"""

# %% momentum
class Velocity:
    """A velocity for each name; unknown names have none yet."""

    __slots__ = ("pairs",)

    def __init__(self, pairs=()):
        self.pairs = tuple(pairs)

    def of(self, name):
        return dict(self.pairs).get(name, 0.0)


def momentum_step(params, grads, velocity, learning_rate, beta, average):
    """Return (params, velocity) after one step, as new dictionaries.

    params, grads: {name: float64 array}. velocity: None before the first step, afterwards what
    the step before returned. average: True for the convention "average", False for "sum".
    """
    old = Velocity() if velocity is None else velocity
    as_tensor = {n: torch.as_tensor(np.array(g), dtype=torch.float64) for n, g in grads.items()}
    weight = 1.0 - beta if average else 1.0
    new = {n: beta * old.of(n) + weight * g for n, g in as_tensor.items()}
    moved = {n: torch.as_tensor(np.array(params[n])) - learning_rate * new[n] for n in params}
    return moved, Velocity(new.items())
