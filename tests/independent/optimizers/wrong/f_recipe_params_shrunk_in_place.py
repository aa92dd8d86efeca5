"""Applies the decay with -= to the arrays that step returned; for a step that hands its input arrays back (a zero rate, a frozen part) the caller's params are overwritten.

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
    new, state = step(params, grads, state, learning_rate)
    for name in new:
        new[name] -= learning_rate * decay * params[name]
    return new, state
