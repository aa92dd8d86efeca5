"""Tests at most 10 randomly chosen entries of each array: one wrong entry in an array of 100 is missed nine times out of ten.

task: gradient-check
"""

# %% gradient-check
def gradient_check(f, grads, params):
    generator, h = np.random.default_rng(0), 1e-5
    for name, values in params.items():
        if name not in grads or np.shape(grads[name]) != values.shape:
            return False
        g = np.asarray(grads[name])
        if not np.isfinite(g).all():
            return False
        indices = list(np.ndindex(values.shape))
        if len(indices) > 10:
            chosen = generator.choice(len(indices), size=10, replace=False)
            indices = [indices[i] for i in chosen]
        claimed = np.array([g[index] for index in indices])
        measured = np.empty(len(indices))
        for i, index in enumerate(indices):
            old = values[index]
            values[index] = old + h
            up = f(params)
            values[index] = old - h
            measured[i] = (up - f(params)) / (2 * h)
            values[index] = old
        size = np.linalg.norm(claimed) + np.linalg.norm(measured)
        if not np.linalg.norm(claimed - measured) <= 3e-5 * size:
            return False
    return True
