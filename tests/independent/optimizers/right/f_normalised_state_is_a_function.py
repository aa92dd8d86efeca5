"""The state handed back is a function from a name to the running mean; everything else is plain.

task: normalised
"""

# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    """Return the parameters after one step with every entry of the gradient divided by its size.

    params, grads: {name: float64 array}. The result is a new dictionary.
    """
    step = lambda p, g: p - learning_rate * g * (np.sqrt(np.square(g)) + eps) ** -1.0
    return {name: step(params[name], grads[name]) for name in params}


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    """Return (params, state) after one step of RMSprop.

    params, grads: {name: float64 array}. state: None before the first step, afterwards what the
    step before returned; what it holds is up to you.
    """
    old = state or (lambda name: 0.0)
    table = {n: old(n) + (1 - gamma) * (np.square(grads[n]) - old(n)) for n in grads}

    def remember(name):
        return table[name]

    return {n: params[n] - np.divide(learning_rate * grads[n], np.sqrt(remember(n)) + eps) for n in params}, remember
