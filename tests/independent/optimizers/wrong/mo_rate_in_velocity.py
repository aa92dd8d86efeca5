"""the learning rate goes into the velocity: wrong once the rate changes

task: momentum
"""

# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    gain = 1 - beta if average else 1
    before = dict.fromkeys(params, 0.0) if velocity is None else velocity
    after = {name: beta * before[name] + learning_rate * gain * grads[name] for name in params}
    return {name: params[name] - after[name] for name in params}, after
