"""Moves entries through values.ravel(), which is a copy for a transposed or strided array: f never sees the change and a right gradient is refused.

task: gradient-check
"""

# %% gradient-check
def gradient_check(f, grads, params):
    h = 1e-5
    for name, values in params.items():
        if name not in grads or np.shape(grads[name]) != values.shape:
            return False
        g = np.asarray(grads[name]).ravel()
        if not np.isfinite(g).all():
            return False
        flat = values.ravel()
        n = np.empty(flat.size)
        for i in range(flat.size):
            old = flat[i]
            flat[i] = old + h
            n[i] = f(params)
            flat[i] = old - h
            n[i] = (n[i] - f(params)) / (2 * h)
            flat[i] = old
        if not np.linalg.norm(g - n) <= 3e-5 * (np.linalg.norm(g) + np.linalg.norm(n)):
            return False
    return True
