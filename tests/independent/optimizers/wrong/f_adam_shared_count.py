"""Counts the steps in an attribute of the function, reset by state=None: two walks that take turns correct with the wrong t.

task: adam
"""

# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """Return (params, state) after one step of Adam.

    params, grads: {name: float64 array}, arrays of any shape. state: None before the first step,
    afterwards what the step before returned; what it holds is up to you. Two walks that begin
    with None have nothing to do with each other.
    """
    if state is None:
        adam_step.t = 0
        state = ({n: 0.0 for n in params}, {n: 0.0 for n in params})
    adam_step.t += 1
    t, (b1, b2), (m, v) = adam_step.t, betas, state
    m = {n: b1 * m[n] + (1 - b1) * grads[n] for n in params}
    v = {n: b2 * v[n] + (1 - b2) * grads[n] ** 2 for n in params}
    rate = {n: learning_rate / (np.sqrt(v[n] / (1 - b2**t)) + eps) for n in params}
    return {n: params[n] - rate[n] * m[n] / (1 - b1**t) for n in params}, (m, v)
