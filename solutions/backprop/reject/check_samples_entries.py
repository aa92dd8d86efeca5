"""Only some entries, drawn at random, are compared, to save time.

fails: gradient-check
says: in whichever entry
tells: A fault of 1 % passes in some entries and is found in others: is every entry compared?
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
        drawn = np.random.default_rng(0).random(values.shape) < 0.5
        drawn.flat[0] = True
        numerical = np.where(drawn, numerical, grads[name])
        difference = np.linalg.norm(numerical - grads[name])
        size = np.linalg.norm(numerical) + np.linalg.norm(grads[name])
        if not difference <= 1e-6 * size < np.inf:
            return False
    return True
