"""a beta of 0 counts as not given

task: momentum
"""

# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    beta = beta or 0.9
    gain = 1 - beta if average else 1
    v = {k: gain * grads[k] for k in params}
    if velocity:
        v = {k: v[k] + beta * velocity[k] for k in params}
    return {k: params[k] - learning_rate * v[k] for k in params}, v
