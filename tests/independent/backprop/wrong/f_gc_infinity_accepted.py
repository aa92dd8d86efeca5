"""A claimed gradient with an infinite entry is accepted, since inf <= inf ("if an entry is nan or infinite, the answer is False").

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
    for name in params:
        if name not in grads or np.shape(grads[name]) != params[name].shape:
            return False
        g, n = np.asarray(grads[name]), numerical_gradient(f, params, name)
        if np.isnan(g).any():
            return False
        error = np.sqrt(np.sum((g - n) ** 2))
        if not error <= 3e-5 * (np.sqrt(np.sum(g**2)) + np.sqrt(np.sum(n**2))):
            return False
    return True
