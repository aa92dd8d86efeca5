"""Two nested loops, so that only vectors and matrices can be checked.

fails: gradient-check
says: without an axis
tells: A parameter with no axis, or with three, ends in a TypeError: np.ndindex goes through the
tells: entries of an array of any shape.
"""


# %% gradient-check
def gradient_check(f, grads, params):
    h = 1e-5
    for name, values in params.items():
        if name not in grads or np.shape(grads[name]) != values.shape:
            return False
        numerical = np.zeros(values.shape)
        rows = range(len(values))
        columns = range(values.shape[1]) if values.ndim > 1 else [None]
        for index in [(i,) if j is None else (i, j) for i in rows for j in columns]:
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
