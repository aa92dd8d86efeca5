"""The decay is taken of the parameters after the step, not before.

fails: recipe
says: after the step
"""


# %% decay
def l2_step(step, params, grads, state, learning_rate, decay):
    pulled = {name: grads[name] + decay * params[name] for name in params}
    return step(params, pulled, state, learning_rate)


def decoupled_step(step, params, grads, state, learning_rate, decay):
    moved, state = step(params, grads, state, learning_rate)
    return {name: moved[name] - learning_rate * decay * moved[name] for name in params}, state
