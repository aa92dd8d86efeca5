"""Stores 1-β-weighted velocities always and rescales by 1/(1-β) for the sum: equal while β stays, wrong when β changes between two steps of the sum.

task: momentum
"""

# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    """Return (params, velocity) after one step, as new dictionaries.

    params, grads: {name: float64 array}. velocity: None before the first step, afterwards what
    the step before returned. average: True for the convention "average", False for "sum".
    """
    old = velocity if velocity is not None else {n: np.zeros(np.shape(p)) for n, p in params.items()}
    mean = {n: beta * old[n] + (1 - beta) * grads[n] for n in params}
    scale = 1.0 if average else 1.0 / (1.0 - beta)
    return {n: params[n] - learning_rate * scale * mean[n] for n in params}, mean
