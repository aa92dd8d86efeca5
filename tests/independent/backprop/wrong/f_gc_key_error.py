"""A name missing in grads raises a KeyError, a shape that does not broadcast a ValueError, where the answer should be False.

task: gradient-check
"""

# %% gradient-check
def numerical_gradient(f, params, name, h=1e-5):
    values = params[name]
    numeric = np.zeros(values.shape)
    for index in np.ndindex(values.shape):
        old = values[index]
        values[index] = old + h
        up = f(params)
        values[index] = old - h
        down = f(params)
        values[index] = old
        numeric[index] = (up - down) / (2 * h)
    return numeric


def gradient_check(f, grads, params):
    verdicts = []
    for name in params:
        g, n = np.asarray(grads[name]), numerical_gradient(f, params, name)
        error = np.linalg.norm(g - n)
        size = np.linalg.norm(g) + np.linalg.norm(n)
        verdicts.append(bool(g.shape == n.shape and np.isfinite(size) and error <= 3e-5 * size))
    return all(verdicts)
