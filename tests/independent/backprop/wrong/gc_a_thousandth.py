"""a tolerance of 1e-3, too wide for one entry of many

task: gradient-check
"""

# %% gradient-check
def gradient_check(f, grads, params):
    for name, values in params.items():
        claimed = np.asarray(grads.get(name, np.nan))
        if values.shape != claimed.shape or not np.isfinite(claimed).all():
            return False
        numerical = np.empty(values.shape)
        for i in np.ndindex(values.shape):
            old = values[i]
            values[i] = old + 1e-5
            up = f(params)
            values[i] = old - 1e-5
            numerical[i] = (up - f(params)) / 2e-5
            values[i] = old
        difference = np.linalg.norm(numerical - claimed)
        if not difference <= 1e-3 * (np.linalg.norm(numerical) + np.linalg.norm(claimed)):
            return False
    return True
