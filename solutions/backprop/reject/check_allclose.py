"""np.allclose with its absolute tolerance of 1e-8: too much for small gradients.

fails: gradient-check
says: judged as strictly as others
tells: Faults in very small gradients pass: is there an absolute tolerance, such as the 1e-8 of
tells: np.allclose?
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
        if not np.allclose(numerical, grads[name], rtol=1e-4):
            return False
    return True
