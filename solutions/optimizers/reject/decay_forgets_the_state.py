"""The state of the step is not handed back: the optimiser begins anew each time.

fails: recipe
says: after step 2
tells: The state that step hands back is lost, so that the optimiser begins anew each time.
"""


# %% decay
def l2_step(step, params, grads, state, learning_rate, decay):
    pulled = {name: grads[name] + decay * params[name] for name in params}
    return step(params, pulled, state, learning_rate)


def decoupled_step(step, params, grads, state, learning_rate, decay):
    moved, state = step(params, grads, state, learning_rate)
    return {name: moved[name] - learning_rate * decay * params[name] for name in params}, None
