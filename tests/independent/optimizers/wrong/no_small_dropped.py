"""entries below eps do not move

task: normalised
"""

# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    out = {}
    for k, p in params.items():
        size = np.abs(grads[k])
        out[k] = p - learning_rate * np.where(size > eps, grads[k] / (size + eps), 0.0)
    return out


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    before = dict.fromkeys(params, 0.0) if state is None else state
    after = {name: gamma * before[name] + (1 - gamma) * grads[name] ** 2 for name in params}
    slope = {name: grads[name] / (np.sqrt(after[name]) + eps) for name in params}
    return {name: params[name] - learning_rate * slope[name] for name in params}, after
