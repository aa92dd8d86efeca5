"""gradients are paired with parameters in the order of the dictionaries

task: gradient-check
"""

# %% gradient-check
def gradient_check(f, grads, params):
    if set(params) - set(grads):
        return False
    for values, claimed in zip(params.values(), grads.values()):
        if values.shape != np.shape(claimed) or not np.isfinite(claimed).all():
            return False
        numerical = np.empty(values.shape)
        for i in np.ndindex(values.shape):
            old = values[i]
            values[i] = old + 1e-5
            up = f(params)
            values[i] = old - 1e-5
            numerical[i] = (up - f(params)) / 2e-5
            values[i] = old
        if np.linalg.norm(numerical - claimed) > 1e-6 * (np.linalg.norm(numerical) + np.linalg.norm(claimed)):
            return False
    return True
