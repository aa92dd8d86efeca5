"""Keeps s at 1e-12 at least before the root, besides eps: for gradients of 1e-8 and eps = 1e-12 the steps are far too short.

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
    if state is None:
        state = {n: 0.0 for n in params}
    s = {n: gamma * state[n] + (1 - gamma) * grads[n] ** 2 for n in params}
    size = {n: np.sqrt(np.maximum(s[n], 1e-12)) + eps for n in params}
    return {n: params[n] - learning_rate * grads[n] / size[n] for n in params}, s
