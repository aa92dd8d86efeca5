"""Keeps m and v as lists in the order of the names of the first step: wrong when later dictionaries have another order.

task: adam
"""

# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """Return (params, state) after one step of Adam.

    params, grads: {name: float64 array}, arrays of any shape. state: None before the first step,
    afterwards what the step before returned; what it holds is up to you. Two walks that begin
    with None have nothing to do with each other.
    """
    b1, b2 = betas
    t, ms, vs = state or (0, [0.0] * len(params), [0.0] * len(params))
    t += 1
    ms = [b1 * m + (1 - b1) * grads[n] for m, n in zip(ms, params)]
    vs = [b2 * v + (1 - b2) * grads[n] ** 2 for v, n in zip(vs, params)]
    new = {
        n: params[n] - learning_rate * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + eps)
        for n, m, v in zip(params, ms, vs)
    }
    return new, (t, ms, vs)
