"""Compares the angle between both gradients: twice the right gradient (a sum where a mean was wanted) is accepted.

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
        g, n = np.ravel(grads[name]), np.ravel(numerical_gradient(f, params, name))
        if not np.isfinite(g).all():
            return False
        lengths = np.linalg.norm(g), np.linalg.norm(n)
        if max(lengths) == 0:
            continue
        if min(lengths) == 0:
            return False
        if np.linalg.norm(g / lengths[0] - n / lengths[1]) > 3e-5:
            return False
    return True
