"""Uses the one-sided difference: a right gradient is refused where the curvature is large against the slope, e.g. f = 100*(b - 0.999)**2 at b = 1.

task: gradient-check
"""

# %% gradient-check
def gradient_check(f, grads, params):
    h, here = 1e-5, f(params)
    for name, values in params.items():
        if name not in grads or np.shape(grads[name]) != values.shape:
            return False
        g, n = np.asarray(grads[name]), np.zeros(values.shape)
        for index in np.ndindex(values.shape):
            old = values[index]
            values[index] = old + h
            n[index] = (f(params) - here) / h
            values[index] = old
        if not np.isfinite(g).all():
            return False
        if not np.linalg.norm(g - n) <= 1e-4 * (np.linalg.norm(g) + np.linalg.norm(n)):
            return False
    return True
