"""Never touches params: each loss is taken at a deep copy with one entry changed; bool from comprehensions.

task: gradient-check
"""

# %% gradient-check
import copy


def gradient_check(f, grads, params):
    def moved(name, index, step):
        other = copy.deepcopy(params)
        other[name][index] += step
        return f(other)

    def fits(name):
        g = np.asarray(grads[name], dtype=np.float64)
        n = np.zeros(g.shape)
        for index in np.ndindex(*g.shape):
            n[index] = (moved(name, index, 1e-5) - moved(name, index, -1e-5)) / 2e-5
        return np.linalg.norm(g - n) <= 4e-5 * (np.linalg.norm(g) + np.linalg.norm(n))

    sound = all(
        name in grads
        and np.shape(grads[name]) == np.shape(params[name])
        and bool(np.isfinite(grads[name]).all())
        for name in params
    )
    return sound and all(bool(fits(name)) for name in params)
