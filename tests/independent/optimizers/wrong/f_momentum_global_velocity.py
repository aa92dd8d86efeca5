"""Keeps the velocity in a global variable that only velocity=None resets, and ignores the one handed in: two walks that take turns mix.

task: momentum
"""

# %% momentum
current_velocity = {}


def momentum_step(params, grads, velocity, learning_rate, beta, average):
    """Return (params, velocity) after one step, as new dictionaries.

    params, grads: {name: float64 array}. velocity: None before the first step, afterwards what
    the step before returned. average: True for the convention "average", False for "sum".
    """
    global current_velocity
    if velocity is None:
        current_velocity = {name: 0.0 for name in params}
    scale = 1 - beta if average else 1
    current_velocity = {n: beta * current_velocity[n] + scale * grads[n] for n in params}
    return {n: params[n] - learning_rate * current_velocity[n] for n in params}, current_velocity
