"""parameters called b are not decayed

task: recipe
"""

# %% decay
def l2_step(step, params, grads, state, learning_rate, decay):
    g = {k: grads[k] if k.startswith("b") else grads[k] + decay * params[k] for k in params}
    return step(params, g, state, learning_rate)


def decoupled_step(step, params, grads, state, learning_rate, decay):
    moved, state = step(params, grads, state, learning_rate)
    return {name: moved[name] - learning_rate * decay * params[name] for name in params}, state
