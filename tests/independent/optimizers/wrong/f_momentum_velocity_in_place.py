"""Updates the velocity it was given with *= and +=: a second step from the same velocity starts from a changed one.

task: momentum
"""

# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    """Return (params, velocity) after one step, as new dictionaries.

    params, grads: {name: float64 array}. velocity: None before the first step, afterwards what
    the step before returned. average: True for the convention "average", False for "sum".
    """
    if velocity is None:
        velocity = {name: np.zeros_like(p) for name, p in params.items()}
    result = {}
    for name in params:
        velocity[name] *= beta
        velocity[name] += (1 - beta) * grads[name] if average else grads[name]
        result[name] = params[name] - learning_rate * velocity[name]
    return result, velocity
