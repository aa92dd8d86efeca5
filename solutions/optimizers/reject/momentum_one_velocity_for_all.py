"""All parameters share one velocity.

fails: momentum
says: after step 1
"""


# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    gain = 1 - beta if average else 1
    before = {"all": 0.0} if velocity is None else velocity
    one, after = before["all"], {}
    for name in params:
        one = beta * one + gain * grads[name]
        after[name] = one
    return {name: params[name] - learning_rate * after[name] for name in params}, {"all": one}
