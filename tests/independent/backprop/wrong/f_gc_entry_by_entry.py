"""Judges every entry relative to itself: a right gradient with one entry tiny against the others (1e-9 beside 1, loss near 1) is refused because of rounding ("each array relative to its own size").

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
        if np.any(np.abs(g - n) > 3e-5 * (np.abs(g) + np.abs(n))):
            return False
    return True
