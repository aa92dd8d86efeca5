"""Files s under the shape of the parameter instead of its name: two parameters of the same shape share one running mean.

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
    s = {} if state is None else dict(state)
    result = {}
    for name, p in params.items():
        g = np.asarray(grads[name])
        s[g.shape] = gamma * s.get(g.shape, 0.0) + (1 - gamma) * g**2
        result[name] = p - learning_rate * g / (np.sqrt(s[g.shape]) + eps)
    return result, s
