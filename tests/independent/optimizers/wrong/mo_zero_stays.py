"""a parameter without a gradient stays where it is

task: momentum
"""

# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    new, v = {}, {}
    for k, g in grads.items():
        old = np.zeros_like(g) if velocity is None else velocity[k]
        if not g.any():
            new[k], v[k] = params[k], old
            continue
        v[k] = beta * old + ((1 - beta) * g if average else g)
        new[k] = params[k] - learning_rate * v[k]
    return new, v
