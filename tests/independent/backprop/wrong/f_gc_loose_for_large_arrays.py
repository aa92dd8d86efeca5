"""Tolerance 1e-3 on the ratio of norms: an error of 1 % in one entry of 100 equal ones (ratio 5e-4) is accepted.

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
        if not np.isfinite(g).all():
            return False
        if not np.linalg.norm(g - n) <= 1e-3 * (np.linalg.norm(g) + np.linalg.norm(n)):
            return False
    return True
