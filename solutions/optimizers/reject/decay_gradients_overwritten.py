"""The decay is added into the gradients themselves, which are not yours to change.

fails: recipe
says: changes its argument
tells: The decay is added into the gradients in place.
"""


# %% decay
def l2_step(step, params, grads, state, learning_rate, decay):
    for name in params:
        grads[name] += decay * params[name]
    return step(params, grads, state, learning_rate)


def decoupled_step(step, params, grads, state, learning_rate, decay):
    moved, state = step(params, grads, state, learning_rate)
    return {name: moved[name] - learning_rate * decay * params[name] for name in params}, state
