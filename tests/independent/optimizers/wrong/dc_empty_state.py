"""None becomes an empty dictionary before the step sees it

task: recipe
"""

# %% decay
def l2_step(step, params, grads, state, learning_rate, decay):
    g = {k: grads[k] + decay * params[k] for k in params}
    return step(params, g, state or {}, learning_rate)


def decoupled_step(step, params, grads, state, learning_rate, decay):
    moved, state = step(params, grads, state, learning_rate)
    return {name: moved[name] - learning_rate * decay * params[name] for name in params}, state
