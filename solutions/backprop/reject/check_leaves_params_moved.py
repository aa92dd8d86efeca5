"""The old value is not put back after the two calls.

fails: gradient-check
says: changes its argument
"""


# %% gradient-check
def gradient_check(f, grads, params):
    h = 1e-5
    for name, values in params.items():
        if name not in grads or np.shape(grads[name]) != values.shape:
            return False
        numerical = np.zeros(values.shape)
        for index in np.ndindex(values.shape):
            kept = values[index]
            values[index] = kept + h
            above = f(params)
            values[index] = kept - h
            below = f(params)
            values[index] = kept - h + h / 2
            numerical[index] = (above - below) / (2 * h)
        difference = np.linalg.norm(numerical - grads[name])
        size = np.linalg.norm(numerical) + np.linalg.norm(grads[name])
        if not difference <= 1e-6 * size < np.inf:
            return False
    return True
