"""Compares only the number of entries: a gradient with the right numbers but shape (6,) or (1, 6) for a (2, 3) parameter is accepted ("a shape is different ... False").

task: gradient-check
"""

# %% gradient-check
def numerical_gradient(f, params, name, h=1e-5):
    values = params[name]
    numeric = np.zeros(values.shape)
    for index in np.ndindex(values.shape):
        old = values[index]
        values[index] = old + h
        up = f(params)
        values[index] = old - h
        down = f(params)
        values[index] = old
        numeric[index] = (up - down) / (2 * h)
    return numeric


def gradient_check(f, grads, params):
    for name, values in params.items():
        g = np.ravel(grads.get(name, []))
        n = np.ravel(numerical_gradient(f, params, name))
        if g.size != values.size or not np.isfinite(g).all():
            return False
        if not np.linalg.norm(g - n) <= 3e-5 * (np.linalg.norm(g) + np.linalg.norm(n)):
            return False
    return True
