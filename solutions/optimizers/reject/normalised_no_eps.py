"""eps is missing: a gradient of zero gives 0/0.

fails: normalised
says: NaN
"""


# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    slope = {name: grads[name] / np.abs(grads[name]) for name in params}
    return {name: params[name] - learning_rate * slope[name] for name in params}


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    before = dict.fromkeys(params, 0.0) if state is None else state
    after = {name: gamma * before[name] + (1 - gamma) * grads[name] ** 2 for name in params}
    slope = {name: grads[name] / (np.sqrt(after[name]) + eps) for name in params}
    return {name: params[name] - learning_rate * slope[name] for name in params}, after
