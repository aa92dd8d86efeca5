"""Divides 0 by 0 for a parameter without influence: the ratio is nan and the right claim (zeros) is refused.

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
        with np.errstate(all="ignore"):
            ratio = np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))
        if not ratio < 3e-5:
            return False
    return True
