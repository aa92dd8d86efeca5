"""Only the first parameter is decayed.

fails: recipe
says: after step 1
"""


# %% decay
def l2_step(step, params, grads, state, learning_rate, decay):
    first = next(iter(params))
    pulled = {**grads, first: grads[first] + decay * params[first]}
    return step(params, pulled, state, learning_rate)


def decoupled_step(step, params, grads, state, learning_rate, decay):
    moved, state = step(params, grads, state, learning_rate)
    first = next(iter(params))
    shrunk = moved[first] - learning_rate * decay * params[first]
    return {**moved, first: shrunk}, state
