"""loops for vectors and matrices; other shapes are taken to be right

task: gradient-check
"""

# %% gradient-check
def gradient_check(f, grads, params):
    for name, values in params.items():
        if name not in grads or np.shape(grads[name]) != values.shape:
            return False
        claimed, numerical = grads[name], np.array(grads[name], dtype=float)
        if not np.isfinite(claimed).all():
            return False
        if values.ndim == 1:
            places = [(i,) for i in range(len(values))]
        elif values.ndim == 2:
            places = [(i, j) for i in range(len(values)) for j in range(values.shape[1])]
        else:
            places = []
        for i in places:
            old = values[i]
            values[i] = old + 1e-5
            up = f(params)
            values[i] = old - 1e-5
            numerical[i] = (up - f(params)) / 2e-5
            values[i] = old
        size = np.linalg.norm(numerical) + np.linalg.norm(claimed)
        if not np.linalg.norm(numerical - claimed) <= 1e-6 * size < np.inf:
            return False
    return True
