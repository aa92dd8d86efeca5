"""Leaves a loop early when the first wrong entry is found, before the old value is put back: after the answer False the parameters are changed.

task: gradient-check
"""

# %% gradient-check
def gradient_check(f, grads, params):
    h = 1e-5
    for name, values in params.items():
        if name not in grads or np.shape(grads[name]) != values.shape:
            return False
        g = np.asarray(grads[name])
        if not np.isfinite(g).all():
            return False
        scale = np.abs(g).max(initial=0)
        for index in np.ndindex(values.shape):
            old = values[index]
            values[index] = old + h
            up = f(params)
            values[index] = old - h
            slope_ = (up - f(params)) / (2 * h)
            if not abs(slope_ - g[index]) <= 1e-5 * max(scale, abs(slope_)):
                return False
            values[index] = old
    return True
