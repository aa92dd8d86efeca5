"""γ and 1 − γ are swapped.

fails: normalised
says: swapped
"""


# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    slope = {name: grads[name] / (np.abs(grads[name]) + eps) for name in params}
    return {name: params[name] - learning_rate * slope[name] for name in params}


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    before = dict.fromkeys(params, 0.0) if state is None else state
    after = {name: (1 - gamma) * before[name] + gamma * grads[name] ** 2 for name in params}
    slope = {name: grads[name] / (np.sqrt(after[name]) + eps) for name in params}
    return {name: params[name] - learning_rate * slope[name] for name in params}, after
