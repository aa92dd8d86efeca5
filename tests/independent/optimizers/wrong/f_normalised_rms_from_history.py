"""Keeps all gradients and computes s as a sum with powers of today's γ: equal for a constant γ, wrong when γ changes between steps.

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
    history = ([] if state is None else state) + [{n: g**2 for n, g in grads.items()}]
    t = len(history)
    result = {}
    for n, p in params.items():
        s = sum((1 - gamma) * gamma ** (t - 1 - k) * old[n] for k, old in enumerate(history))
        result[n] = p - learning_rate * grads[n] / (np.sqrt(s) + eps)
    return result, history
