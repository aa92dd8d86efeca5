"""no gradient, no step and no forgetting

task: normalised
"""

# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    slope = {name: grads[name] / (np.abs(grads[name]) + eps) for name in params}
    return {name: params[name] - learning_rate * slope[name] for name in params}


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    s = {} if state is None else dict(state)
    new = dict(params)
    for k, g in grads.items():
        if np.count_nonzero(g) == 0:
            s.setdefault(k, np.zeros_like(g))
            continue
        s[k] = gamma * s.get(k, np.zeros_like(g)) + (1 - gamma) * g**2
        new[k] = params[k] - learning_rate * g / (np.sqrt(s[k]) + eps)
    return new, s
