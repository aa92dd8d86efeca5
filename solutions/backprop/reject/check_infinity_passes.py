"""An infinite difference is not larger than an infinite size.

fails: gradient-check
says: an infinite entry
tells: An infinite entry is accepted: inf <= inf is True.
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
            values[index] = kept
            numerical[index] = (above - below) / (2 * h)
        difference = np.linalg.norm(numerical - grads[name])
        size = np.linalg.norm(numerical) + np.linalg.norm(grads[name])
        if not difference <= 1e-6 * size:
            return False
    return True
