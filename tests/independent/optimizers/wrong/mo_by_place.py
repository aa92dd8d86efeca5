"""velocities in a list, by the place of their parameter

task: momentum
"""

# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    gain = (1 - beta) if average else 1.0
    old = [0.0] * len(params) if velocity is None else list(velocity.values())
    v = {k: beta * o + gain * grads[k] for k, o in zip(params, old, strict=True)}
    return {k: params[k] - learning_rate * v[k] for k in params}, v
