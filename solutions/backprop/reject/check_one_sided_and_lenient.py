"""One-sided differences with h = 0.01 and a tolerance that makes up for them.

fails: gradient-check
says: a wrong one too
"""


# %% gradient-check
def gradient_check(f, grads, params):
    h = 1e-2
    for name, values in params.items():
        if name not in grads or np.shape(grads[name]) != values.shape:
            return False
        numerical = np.zeros(values.shape)
        for index in np.ndindex(values.shape):
            kept = values[index]
            values[index] = kept + h
            above = f(params)
            values[index] = kept
            numerical[index] = (above - f(params)) / h
        difference = np.linalg.norm(numerical - grads[name])
        size = np.linalg.norm(numerical) + np.linalg.norm(grads[name])
        if not difference <= 0.05 * size < np.inf:
            return False
    return True
