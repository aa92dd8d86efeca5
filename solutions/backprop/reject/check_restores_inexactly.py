"""The parameters are put back by adding and subtracting h, which rounds.

fails: gradient-check
says: changes its argument
tells: The parameters are not exactly what they were: adding h and subtracting it again rounds.
"""


# %% gradient-check
def gradient_check(f, grads, params):
    h = 1e-5
    for name, values in params.items():
        if name not in grads or np.shape(grads[name]) != values.shape:
            return False
        numerical = np.zeros(values.shape)
        for index in np.ndindex(values.shape):
            values[index] += h
            above = f(params)
            values[index] -= 2 * h
            below = f(params)
            values[index] += h
            numerical[index] = (above - below) / (2 * h)
        difference = np.linalg.norm(numerical - grads[name])
        size = np.linalg.norm(numerical) + np.linalg.norm(grads[name])
        if not difference <= 1e-6 * size < np.inf:
            return False
    return True
