"""the state is written over: going on from it twice counts the first walk in

task: normalised
"""

# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    slope = {name: grads[name] / (np.abs(grads[name]) + eps) for name in params}
    return {name: params[name] - learning_rate * slope[name] for name in params}


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    if state is None:
        state = {k: np.zeros(np.shape(p)) for k, p in params.items()}
    out = {}
    for k in params:
        state[k] *= gamma
        state[k] += (1 - gamma) * grads[k] ** 2
        out[k] = params[k] - learning_rate * grads[k] / (np.sqrt(state[k]) + eps)
    return out, state
