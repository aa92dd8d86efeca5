"""Writes the new arrays into the dictionary it was given and returns that: the caller's params change.

task: normalised
"""

# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    """Return the parameters after one step with every entry of the gradient divided by its size.

    params, grads: {name: float64 array}. The result is a new dictionary.
    """
    for name, g in grads.items():
        params[name] = params[name] - learning_rate * g / (np.sqrt(g**2) + eps)
    return params


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    """Return (params, state) after one step of RMSprop.

    params, grads: {name: float64 array}. state: None before the first step, afterwards what the
    step before returned; what it holds is up to you.
    """
    if state is None:
        state = dict.fromkeys(params, 0.0)
    s = {n: gamma * state[n] + (1 - gamma) * grads[n] ** 2 for n in params}
    return {n: p - learning_rate * grads[n] / (np.sqrt(s[n]) + eps) for n, p in params.items()}, s
