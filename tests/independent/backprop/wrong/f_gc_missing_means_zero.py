"""A name missing in grads counts as a zero gradient: accepted where the parameter has no influence ("if a name of params is missing, the answer is False").

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
        g = np.asarray(grads.get(name, np.zeros(values.shape)))
        if g.shape != values.shape or not np.isfinite(g).all():
            return False
        n = numerical_gradient(f, params, name)
        if not np.linalg.norm(g - n) <= 3e-5 * (np.linalg.norm(g) + np.linalg.norm(n)):
            return False
    return True
