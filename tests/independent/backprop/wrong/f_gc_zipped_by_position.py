"""Matches grads and params by position, not by name: a right gradient whose dictionary has another order is refused (or compared with the wrong array).

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
    if set(params) - set(grads):
        return False
    for name, claimed in zip(params, grads.values()):
        measured = numerical_gradient(f, params, name)
        if np.shape(claimed) != measured.shape or not np.isfinite(claimed).all():
            return False
        size = np.linalg.norm(claimed) + np.linalg.norm(measured)
        if np.linalg.norm(claimed - measured) > 3e-5 * size:
            return False
    return True
