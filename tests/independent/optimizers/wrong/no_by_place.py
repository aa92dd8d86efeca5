"""all parameters in one vector, in the order of each step's dictionary

task: normalised
"""

# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    slope = {name: grads[name] / (np.abs(grads[name]) + eps) for name in params}
    return {name: params[name] - learning_rate * slope[name] for name in params}


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    g = np.concatenate([np.ravel(grads[k]) for k in params])
    s = (1 - gamma) * g**2 + (0 if state is None else gamma * state)
    step = learning_rate * g / (np.sqrt(s) + eps)
    new, at = {}, 0
    for k, p in params.items():
        new[k] = p - step[at : at + p.size].reshape(p.shape)
        at += p.size
    return new, s
