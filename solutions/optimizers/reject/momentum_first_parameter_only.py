"""Only the first parameter is updated.

fails: momentum
says: after step 1
"""


# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    gain = 1 - beta if average else 1
    before = dict.fromkeys(params, 0.0) if velocity is None else velocity
    after = {name: beta * before[name] + gain * grads[name] for name in params}
    moved = dict(params)
    first = next(iter(params))
    moved[first] = params[first] - learning_rate * after[first]
    return moved, after
