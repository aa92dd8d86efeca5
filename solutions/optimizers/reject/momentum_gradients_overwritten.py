"""The velocity is added into the gradients themselves, which are not yours to change.

fails: momentum
says: changes its argument
tells: The gradients are overwritten with the velocity.
"""


# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    gain = 1 - beta if average else 1
    before = dict.fromkeys(params, 0.0) if velocity is None else velocity
    after = grads
    for name in params:
        after[name] *= gain
        after[name] += beta * before[name]
    return {name: params[name] - learning_rate * after[name] for name in params}, after
