"""The velocity is kept in a global variable: a second walk disturbs the first.

fails: momentum
says: take turns
tells: Two walks that take turns disturb each other: the state is kept in one place for both.
"""

# %% momentum
VELOCITIES = {}


def momentum_step(params, grads, velocity, learning_rate, beta, average):
    gain = 1 - beta if average else 1
    if velocity is None:
        VELOCITIES.clear()
    for name in params:
        VELOCITIES[name] = beta * VELOCITIES.get(name, 0.0) + gain * grads[name]
    moved = {name: params[name] - learning_rate * VELOCITIES[name] for name in params}
    return moved, True
