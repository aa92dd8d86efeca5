"""At the first wrong entry it returns at once, with that entry still moved.

fails: gradient-check
says: changes its argument
tells: The parameters are not put back when a gradient is refused.
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
            numerical[index] = (above - below) / (2 * h)
            gap = abs(numerical[index] - grads[name][index])
            if not gap <= 1e-4 * np.max(np.abs(grads[name])):
                return False
            values[index] = kept
        difference = np.linalg.norm(numerical - grads[name])
        size = np.linalg.norm(numerical) + np.linalg.norm(grads[name])
        if not difference <= 1e-6 * size < np.inf:
            return False
    return True
