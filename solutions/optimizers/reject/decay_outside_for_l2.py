"""The decay of L2 is taken off after the step: that is the decoupled one.

fails: recipe
says: other kind of decay
"""


# %% decay
def l2_step(step, params, grads, state, learning_rate, decay):
    moved, state = step(params, grads, state, learning_rate)
    return {name: moved[name] - learning_rate * decay * params[name] for name in params}, state


def decoupled_step(step, params, grads, state, learning_rate, decay):
    moved, state = step(params, grads, state, learning_rate)
    return {name: moved[name] - learning_rate * decay * params[name] for name in params}, state
