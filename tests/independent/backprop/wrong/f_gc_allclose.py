"""np.allclose with its default atol = 1e-8: for a gradient of size 1e-9 or of 1e-6 with small entries a 1 % error, or any error, is accepted.

task: gradient-check
"""

# %% gradient-check
def gradient_check(f, grads, params):
    h = 1e-5
    for name, values in params.items():
        if name not in grads or np.shape(grads[name]) != values.shape:
            return False
        if not np.all(np.isfinite(grads[name])):
            return False
        numeric = np.zeros(values.shape)
        for index in np.ndindex(values.shape):
            old = values[index]
            values[index] = old + h
            up = f(params)
            values[index] = old - h
            down = f(params)
            values[index] = old
            numeric[index] = (up - down) / (2 * h)
        if not np.allclose(grads[name], numeric, rtol=1e-4):
            return False
    return True
