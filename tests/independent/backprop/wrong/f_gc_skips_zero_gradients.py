"""Skips arrays whose numerical gradient is zero, to avoid 0/0: any claim for a parameter without influence is accepted.

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
        if np.linalg.norm(n) == 0:
            continue  # nothing to divide by
        if np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n)) > 3e-5:
            return False
    return True
