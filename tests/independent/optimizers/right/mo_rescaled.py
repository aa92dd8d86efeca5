"""the velocity is divided by 1 - beta on the way in, and multiplied by it on the way out

task: momentum
"""

# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    rate = learning_rate * (1 - beta) if average else learning_rate
    v = {}
    for k in params:
        scale = (1 - beta) if average else 1.0
        old = 0.0 if velocity is None else velocity[k] / scale
        v[k] = (beta * old + grads[k])
    new = {k: params[k] - rate * v[k] for k in params}
    return new, {k: v[k] * ((1 - beta) if average else 1.0) for k in v}
