"""The velocity is not passed on: every step is the first.

fails: momentum
says: momentum forgotten
"""


# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    gain = 1 - beta if average else 1
    before = dict.fromkeys(params, 0.0) if velocity is None else dict.fromkeys(params, 0.0)
    after = {name: beta * before[name] + gain * grads[name] for name in params}
    return {name: params[name] - learning_rate * after[name] for name in params}, after
