"""β and 1 − β are swapped.

fails: momentum
says: swapped
"""


# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    gain = beta if average else 1
    before = dict.fromkeys(params, 0.0) if velocity is None else velocity
    after = {name: (1 - beta) * before[name] + gain * grads[name] for name in params}
    return {name: params[name] - learning_rate * after[name] for name in params}, after
