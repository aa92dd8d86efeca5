"""Step 1e-9: rounding of f is left over, and a right gradient of size 1e-6 of a loss near 1 is refused.

task: gradient-check
"""

# %% gradient-check
def gradient_check(f, grads, params):
    h = 1e-9  # the smaller the better
    for name, values in params.items():
        if name not in grads or np.shape(grads[name]) != values.shape:
            return False
        g, n = np.asarray(grads[name]), np.zeros(values.shape)
        for index in np.ndindex(values.shape):
            old = values[index]
            values[index] = old + h
            up = f(params)
            values[index] = old - h
            n[index] = (up - f(params)) / (2 * h)
            values[index] = old
        if not np.isfinite(g).all():
            return False
        if not np.linalg.norm(g - n) <= 1e-4 * (np.linalg.norm(g) + np.linalg.norm(n)):
            return False
    return True
