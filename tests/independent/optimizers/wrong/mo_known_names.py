"""parameters without a velocity are those of the first step only, by identity of their names' order

task: momentum
"""

# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    names = sorted(params)
    flat = np.concatenate([np.ravel(grads[k]) for k in grads])
    v = flat * (1 - beta if average else 1)
    if velocity is not None:
        v = v + beta * velocity
    new, at = {}, 0
    for k in params:
        n = np.size(params[k])
        new[k] = params[k] - learning_rate * v[at : at + n].reshape(np.shape(params[k]))
        at += n
    return new, v
