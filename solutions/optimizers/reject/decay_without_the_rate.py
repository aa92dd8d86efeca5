"""The decoupled decay is not multiplied by the learning rate.

fails: recipe
says: learning rate missing
"""


# %% decay
def l2_step(step, params, grads, state, learning_rate, decay):
    pulled = {name: grads[name] + decay * params[name] for name in params}
    return step(params, pulled, state, learning_rate)


def decoupled_step(step, params, grads, state, learning_rate, decay):
    moved, state = step(params, grads, state, learning_rate)
    return {name: moved[name] - decay * params[name] for name in params}, state
