"""Uses np.nditer on the parameter itself with try/finally, four-point differences, and the largest entry as the norm.

task: gradient-check
"""

# %% gradient-check
def gradient_check(f, grads, params):
    def four_points(values, index, h=3e-5):
        old = values[index].copy()
        try:
            found = []
            for k in (-2, -1, 1, 2):
                values[index] = old + k * h
                found.append(float(f(params)))
        finally:
            values[index] = old
        return (8 * (found[2] - found[1]) - (found[3] - found[0])) / (12 * h)

    for name in list(params):
        values = params[name]
        if name not in grads:
            return False
        claimed = np.array(grads[name], dtype=np.float64)
        if claimed.shape != values.shape or not np.all(np.abs(claimed) < np.inf):
            return False
        measured = np.empty_like(claimed)
        walk = np.nditer(measured, flags=["multi_index", "zerosize_ok"])
        for _ in walk:
            measured[walk.multi_index] = four_points(values, walk.multi_index)
        error = np.max(np.abs(claimed - measured), initial=0.0)
        size = max(np.max(np.abs(claimed), initial=0.0), np.max(np.abs(measured), initial=0.0))
        if error > 4e-5 * size:
            return False
    return True
