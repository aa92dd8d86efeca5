"""the walk goes on from its own last point, whatever it is given

task: normalised
"""

# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    slope = {name: grads[name] / (np.abs(grads[name]) + eps) for name in params}
    return {name: params[name] - learning_rate * slope[name] for name in params}


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    if state is not None:
        s, params = state
    else:
        s = {k: 0.0 for k in params}
    s = {k: gamma * s[k] + (1 - gamma) * grads[k] ** 2 for k in params}
    new = {k: params[k] - learning_rate * grads[k] / (np.sqrt(s[k]) + eps) for k in params}
    return new, (s, new)
