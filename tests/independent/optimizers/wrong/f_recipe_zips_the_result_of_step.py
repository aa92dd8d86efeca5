"""Pairs the values of params with those of the dictionary that step returns by position: wrong if step returns the names in another order.

task: recipe
"""

# %% decay
def l2_step(step, params, grads, state, learning_rate, decay):
    """Return (params, state) after one step with L2: the decay is part of the gradient.

    step(params, grads, state, learning_rate) returns (params, state) after a step without decay.
    params, grads: {name: float64 array}; decay is the λ above. All parameters are decayed.
    """
    decayed = {n: grads[n] + decay * params[n] for n in params}
    return step(params, decayed, state, learning_rate)


def decoupled_step(step, params, grads, state, learning_rate, decay):
    """Return (params, state) after one step with decoupled decay; arguments as in l2_step."""
    moved, new_state = step(params, grads, state, learning_rate)
    pairs = zip(moved.items(), params.values())
    return {n: new - learning_rate * decay * old for (n, new), old in pairs}, new_state
