"""entries claimed to be zero are not measured

task: gradient-check
"""

# %% gradient-check
def gradient_check(f, grads, params):
    for name, values in params.items():
        if name not in grads or np.shape(grads[name]) != values.shape:
            return False
        claimed, numerical = grads[name], np.zeros(values.shape)
        for i in np.ndindex(values.shape):
            if claimed[i] == 0:
                continue
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
