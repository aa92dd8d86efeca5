"""The loop runs over the claimed gradients, so a forgotten one goes unnoticed.

fails: gradient-check
says: a bias left out
tells: A parameter whose gradient is left out goes unnoticed: go through params, not through
tells: grads.
"""


# %% gradient-check
def gradient_check(f, grads, params):
    h = 1e-5
    for name in grads:
        values = params[name]
        if np.shape(grads[name]) != values.shape:
            return False
        numerical = np.zeros(values.shape)
        for index in np.ndindex(values.shape):
            kept = values[index]
            values[index] = kept + h
            above = f(params)
            values[index] = kept - h
            below = f(params)
            values[index] = kept
            numerical[index] = (above - below) / (2 * h)
        difference = np.linalg.norm(numerical - grads[name])
        size = np.linalg.norm(numerical) + np.linalg.norm(grads[name])
        if not difference <= 1e-6 * size < np.inf:
            return False
    return True
