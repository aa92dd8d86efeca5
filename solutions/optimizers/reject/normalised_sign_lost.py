"""The numerator is the size of the gradient: its sign is lost.

fails: normalised
says: sign
"""


# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    slope = {name: np.abs(grads[name]) / (np.abs(grads[name]) + eps) for name in params}
    return {name: params[name] - learning_rate * slope[name] for name in params}


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    before = dict.fromkeys(params, 0.0) if state is None else state
    after = {name: gamma * before[name] + (1 - gamma) * grads[name] ** 2 for name in params}
    slope = {name: grads[name] / (np.sqrt(after[name]) + eps) for name in params}
    return {name: params[name] - learning_rate * slope[name] for name in params}, after
