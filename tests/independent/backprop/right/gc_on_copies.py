"""works on copies, and with four points

task: gradient-check
"""

# %% gradient-check
def gradient_check(f, grads, params):
    for name in params:
        claimed = grads.get(name)
        if claimed is None or np.shape(claimed) != params[name].shape:
            return False
        if not np.all(np.isfinite(np.asarray(claimed, dtype=float))):
            return False
        slope = []
        for i in range(params[name].size):
            def at(step):
                moved = {key: value.copy() for key, value in params.items()}
                moved[name].reshape(-1)[i] += step
                return float(f(moved))

            h = 1e-3
            slope.append((8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h))
        slope, flat = np.array(slope), np.ravel(claimed).astype(float)
        if np.sqrt(((slope - flat) ** 2).sum()) > 1e-5 * (np.sqrt((slope**2).sum()) + np.sqrt((flat**2).sum())):
            return False
    return True
