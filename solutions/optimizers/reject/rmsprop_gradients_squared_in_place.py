"""The gradients are squared in place, so that the step uses their squares.

fails: normalised
says: changes its argument
tells: The gradients are squared in place: the step then uses the squares.
"""


# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    slope = {name: grads[name] / (np.abs(grads[name]) + eps) for name in params}
    return {name: params[name] - learning_rate * slope[name] for name in params}


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    before = dict.fromkeys(params, 0.0) if state is None else state
    for name in params:
        grads[name] **= 2
    after = {name: gamma * before[name] + (1 - gamma) * grads[name] for name in params}
    slope = {name: grads[name] / (np.sqrt(after[name]) + eps) for name in params}
    return {name: params[name] - learning_rate * slope[name] for name in params}, after
