"""the old velocity is written over

task: momentum
"""

# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    if velocity is None:
        velocity = {k: np.zeros_like(p) for k, p in params.items()}
    for k in params:
        velocity[k] *= beta
        velocity[k] += (1 - beta) * grads[k] if average else grads[k]
    return {k: params[k] - learning_rate * velocity[k] for k in params}, velocity
