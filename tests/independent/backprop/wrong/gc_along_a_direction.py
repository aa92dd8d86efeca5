"""one fixed direction for each array, where a lone error of little weight hides

task: gradient-check
"""

# %% gradient-check
def gradient_check(f, grads, params):
    for name, values in params.items():
        if name not in grads or np.shape(grads[name]) != values.shape:
            return False
        claimed = np.asarray(grads[name])
        if not np.isfinite(claimed).all():
            return False
        direction = np.ones(values.shape)
        old = values.copy()
        values[...] = old + 1e-5 * direction
        up = f(params)
        values[...] = old - 1e-5 * direction
        slope = (up - f(params)) / 2e-5
        values[...] = old
        if not abs(slope - np.sum(claimed * direction)) <= 1e-6 * (abs(slope) + np.linalg.norm(claimed)):
            return False
    return True
