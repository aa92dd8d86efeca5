"""parameters of one entry become numbers

task: normalised
"""

# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    return {k: np.squeeze(p - learning_rate * grads[k] / (np.abs(grads[k]) + eps)) for k, p in params.items()}


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    before = dict.fromkeys(params, 0.0) if state is None else state
    after = {name: gamma * before[name] + (1 - gamma) * grads[name] ** 2 for name in params}
    slope = {name: grads[name] / (np.sqrt(after[name]) + eps) for name in params}
    return {name: params[name] - learning_rate * slope[name] for name in params}, after
