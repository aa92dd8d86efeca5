"""The difference is compared with a fixed number: small gradients always pass.

fails: gradient-check
says: judged as strictly as others
tells: The difference is compared with a fixed number, whatever the size of the gradients: small
tells: faults pass, and large gradients that are right do not.
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
        if not difference <= 1e-6:
            return False
    return True
