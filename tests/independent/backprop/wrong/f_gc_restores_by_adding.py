"""Restores a parameter by adding h again: afterwards entries differ in the last bits ("afterwards they must be exactly what they were").

task: gradient-check
"""

# %% gradient-check
def gradient_check(f, grads, params):
    h = 1e-5
    for name, values in params.items():
        if name not in grads or np.shape(grads[name]) != values.shape:
            return False
        g = np.asarray(grads[name])
        n = np.zeros(values.shape)
        for index in np.ndindex(values.shape):
            values[index] += h
            up = f(params)
            values[index] -= 2 * h
            down = f(params)
            values[index] += h
            n[index] = (up - down) / (2 * h)
        if not np.isfinite(g).all():
            return False
        if not np.linalg.norm(g - n) <= 3e-5 * (np.linalg.norm(g) + np.linalg.norm(n)):
            return False
    return True
