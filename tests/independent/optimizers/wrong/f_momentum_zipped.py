"""Pairs params.items() with grads.values() by position: wrong when the gradients come in another order of names.

task: momentum
"""

# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    """Return (params, velocity) after one step, as new dictionaries.

    params, grads: {name: float64 array}. velocity: None before the first step, afterwards what
    the step before returned. average: True for the convention "average", False for "sum".
    """
    scale = (1 - beta) if average else 1
    if velocity is None:
        velocity = dict.fromkeys(params, 0.0)
    new_params, new_velocity = {}, {}
    for (name, p), g in zip(params.items(), grads.values()):
        new_velocity[name] = beta * velocity[name] + scale * g
        new_params[name] = p - learning_rate * new_velocity[name]
    return new_params, new_velocity
