"""Puts η into the velocity (v ← βv + ηg, θ ← θ - v): the same for a constant η, wrong as soon as η changes between steps.

task: momentum
"""

# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    """Return (params, velocity) after one step, as new dictionaries.

    params, grads: {name: float64 array}. velocity: None before the first step, afterwards what
    the step before returned. average: True for the convention "average", False for "sum".
    """
    weight = 1 - beta if average else 1.0
    old = velocity or {name: 0.0 for name in params}
    new_velocity = {n: beta * old[n] + learning_rate * weight * grads[n] for n in params}
    new_params = {n: params[n] - new_velocity[n] for n in params}
    return new_params, new_velocity
