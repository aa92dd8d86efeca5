"""All arrays are judged together with a loose tolerance, so that small ones are drowned.

fails: gradient-check
says: beside one with large gradients
tells: A fault passes where it is small beside the gradients of other arrays: each array is to be
tells: judged by its own size.
"""


# %% gradient-check
def gradient_check(f, grads, params):
    h = 1e-5
    difference = size = 0
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
            values[index] = kept
            numerical[index] = (above - below) / (2 * h)
        difference += np.linalg.norm(numerical - grads[name])
        size += np.linalg.norm(numerical) + np.linalg.norm(grads[name])
    return bool(difference <= 1e-4 * size < np.inf)
