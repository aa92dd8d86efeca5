"""Only the sizes of the gradients are compared, which a transpose does not change.

fails: gradient-check
says: a transposed matrix
tells: Only the size of a gradient counts: another sign, or another order of its entries, goes
tells: unnoticed.
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
        difference = abs(np.linalg.norm(numerical) - np.linalg.norm(grads[name]))
        size = np.linalg.norm(numerical) + np.linalg.norm(grads[name])
        if not difference <= 1e-6 * size < np.inf:
            return False
    return True
