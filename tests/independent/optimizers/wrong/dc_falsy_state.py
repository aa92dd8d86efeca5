"""a state of 0 is taken for none

task: recipe
"""

# %% decay
def l2_step(step, params, grads, state, learning_rate, decay):
    pulled = {name: grads[name] + decay * params[name] for name in params}
    return step(params, pulled, state, learning_rate)


def decoupled_step(step, params, grads, state, learning_rate, decay):
    new, state = step(params, grads, state or None, learning_rate)
    return {k: new[k] - learning_rate * decay * params[k] for k in params}, state
