"""the average is a sum with a smaller rate, which is another one once beta changes

task: momentum
"""

# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    rate = learning_rate * (1 - beta) if average else learning_rate
    total = {}
    for k in params:
        total[k] = grads[k] if velocity is None else beta * velocity[k] + grads[k]
    return {k: params[k] - rate * total[k] for k in params}, total
