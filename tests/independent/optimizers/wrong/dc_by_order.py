"""what the step returned is paired by its order

task: recipe
"""

# %% decay
def l2_step(step, params, grads, state, learning_rate, decay):
    pulled = {name: grads[name] + decay * params[name] for name in params}
    return step(params, pulled, state, learning_rate)


def decoupled_step(step, params, grads, state, learning_rate, decay):
    new, state = step(params, grads, state, learning_rate)
    shrink = [learning_rate * decay * p for p in params.values()]
    return {k: v - s for (k, v), s in zip(new.items(), shrink, strict=True)}, state
