"""A tolerance of 1e-3 in the ratio of norms, which lets 1 % of a smaller entry pass.

fails: gradient-check
says: a wrong one too
tells: A fault of 1 % in one entry passes: the tolerance is too wide, or not every entry counts.
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
        if not difference <= 1e-3 * size < np.inf:
            return False
    return True
