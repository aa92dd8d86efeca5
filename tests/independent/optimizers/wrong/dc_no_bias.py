"""arrays with one axis are biases and are not decayed

task: recipe
"""

# %% decay
def l2_step(step, params, grads, state, learning_rate, decay):
    pulled = {name: grads[name] + decay * params[name] for name in params}
    return step(params, pulled, state, learning_rate)


def decoupled_step(step, params, grads, state, learning_rate, decay):
    new, state = step(params, grads, state, learning_rate)
    shrink = learning_rate * decay
    return {k: new[k] - shrink * params[k] if np.ndim(params[k]) != 1 else new[k] for k in params}, state
