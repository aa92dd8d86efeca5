"""Subtracts the numerical gradient from the claimed one in place: grads is destroyed by the call ("functions leave their arguments as they are").

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
    for name, values in params.items():
        if name not in grads or np.shape(grads[name]) != values.shape:
            return False
        g, n = np.asarray(grads[name]), numerical_gradient(f, params, name)
        size = np.linalg.norm(g) + np.linalg.norm(n)
        if not np.isfinite(size):
            return False
        g -= n
        if not np.linalg.norm(g) <= 3e-5 * size:
            return False
    return True
