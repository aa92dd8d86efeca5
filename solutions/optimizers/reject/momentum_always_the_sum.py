"""The argument average is not used: this is always the sum.

fails: momentum
says: other convention
"""


# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    gain = 1
    before = dict.fromkeys(params, 0.0) if velocity is None else velocity
    after = {name: beta * before[name] + gain * grads[name] for name in params}
    return {name: params[name] - learning_rate * after[name] for name in params}, after
