"""the velocity is an object of its own class with torch tensors

task: momentum
"""

# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    new, v = dict(params), {}
    for k in sorted(params):
        g = torch.as_tensor(grads[k]) * (1 - beta if average else 1)
        v[k] = g if velocity is None else torch.add(g, torch.as_tensor(velocity[k]), alpha=beta)
        new[k] = torch.as_tensor(params[k]) - learning_rate * v[k]
    return new, v
