"""One-sided differences with h = 0.01: right gradients are refused.

fails: gradient-check
says: a right gradient was refused
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
        if not difference <= 1e-6 * size < np.inf:
            return False
    return True
