"""Joins all arrays to one vector before comparing: a wrong array of size 1e-6 hides behind a right one of size 1 ("one array after the other").

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
    claimed, measured = [], []
    for name, values in params.items():
        if name not in grads or np.shape(grads[name]) != values.shape:
            return False
        claimed.append(np.ravel(grads[name]))
        measured.append(np.ravel(numerical_gradient(f, params, name)))
    g, n = np.concatenate(claimed), np.concatenate(measured)
    if not np.isfinite(g).all():
        return False
    return bool(np.linalg.norm(g - n) <= 3e-5 * (np.linalg.norm(g) + np.linalg.norm(n)))
