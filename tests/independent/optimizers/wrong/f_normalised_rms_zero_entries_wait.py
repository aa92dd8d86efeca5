"""Updates s only where the gradient is not zero (sparse updates): s does not decay at entries with a zero gradient, and later steps there are too short.

task: normalised
"""

# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    """Return the parameters after one step with every entry of the gradient divided by its size.

    params, grads: {name: float64 array}. The result is a new dictionary.
    """
    return {n: p - learning_rate * grads[n] / (np.abs(grads[n]) + eps) for n, p in params.items()}


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    """Return (params, state) after one step of RMSprop.

    params, grads: {name: float64 array}. state: None before the first step, afterwards what the
    step before returned; what it holds is up to you.
    """
    old = state if state is not None else {n: np.zeros_like(p) for n, p in params.items()}
    s, result = {}, {}
    for n in params:
        g = np.asarray(grads[n])
        s[n] = np.where(g != 0, gamma * old[n] + (1 - gamma) * g**2, old[n])
        result[n] = params[n] - learning_rate * g / (np.sqrt(s[n]) + eps)
    return result, s
