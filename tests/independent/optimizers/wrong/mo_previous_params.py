"""the velocity is read off the parameters before, which may have been given anew

task: momentum
"""

# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    gain = (1 - beta) if average else 1.0
    v = {}
    for k in params:
        old = 0.0
        if velocity is not None and learning_rate:
            old = (velocity["before"][k] - params[k]) / velocity["rate"]
        v[k] = beta * old + gain * grads[k]
    new = {k: params[k] - learning_rate * v[k] for k in params}
    return new, {"before": dict(params), "rate": learning_rate, **v}
