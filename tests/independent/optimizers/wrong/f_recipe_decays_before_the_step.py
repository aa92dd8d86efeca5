"""Shrinks the parameters first and hands the shrunken ones to step (as torch's AdamW does): wrong for a step whose move depends on the parameters, such as one that clips them.

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
    shrunk = {n: (1 - learning_rate * decay) * p for n, p in params.items()}
    return step(shrunk, grads, state, learning_rate)
