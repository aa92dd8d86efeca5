"""the parameters before stand for the velocity

task: momentum
"""

# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    scale = (1 - beta) if average else 1.0
    new, moved = {}, {}
    for k, p in params.items():
        last = 0.0 if velocity is None else velocity[k]
        moved[k] = beta * last - learning_rate * scale * grads[k]
        new[k] = p + moved[k]
    return new, moved
