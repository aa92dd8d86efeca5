"""the running means are filed by shape

task: normalised
"""

# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    slope = {name: grads[name] / (np.abs(grads[name]) + eps) for name in params}
    return {name: params[name] - learning_rate * slope[name] for name in params}


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    state = {} if state is None else dict(state)
    new = {}
    for k, p in params.items():
        key = np.shape(p)
        state[key] = gamma * state.get(key, 0.0) + (1 - gamma) * grads[k] ** 2
        new[k] = p - learning_rate * grads[k] / (np.sqrt(state[key]) + eps)
    return new, state
