"""The running squares live in a dictionary that all calls share: a second walk disturbs the first.

fails: normalised
says: take turns
tells: Two walks that take turns disturb each other: the state is kept in one place for both.
"""


# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    slope = {name: grads[name] / (np.abs(grads[name]) + eps) for name in params}
    return {name: params[name] - learning_rate * slope[name] for name in params}


KEPT = {}


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    if state is None:
        KEPT.clear()
    before = {name: KEPT.get(name, 0.0) for name in params}
    after = {name: gamma * before[name] + (1 - gamma) * grads[name] ** 2 for name in params}
    KEPT.update(after)
    slope = {name: grads[name] / (np.sqrt(after[name]) + eps) for name in params}
    return {name: params[name] - learning_rate * slope[name] for name in params}, after
