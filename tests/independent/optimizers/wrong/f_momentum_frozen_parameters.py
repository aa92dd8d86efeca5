"""Leaves a parameter whose gradient is all zero (and its velocity) where it is, as a frozen layer; momentum should carry it on.

task: momentum
"""

# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    """Return (params, velocity) after one step, as new dictionaries.

    params, grads: {name: float64 array}. velocity: None before the first step, afterwards what
    the step before returned. average: True for the convention "average", False for "sum".
    """
    velocity = {} if velocity is None else velocity
    new_params, new_velocity = {}, {}
    for name, p in params.items():
        g, v = grads[name], velocity.get(name, 0.0)
        if not np.any(g):  # nothing to do for this parameter
            new_params[name], new_velocity[name] = p, v
            continue
        new_velocity[name] = beta * v + (1 - beta if average else 1) * g
        new_params[name] = p - learning_rate * new_velocity[name]
    return new_params, new_velocity
