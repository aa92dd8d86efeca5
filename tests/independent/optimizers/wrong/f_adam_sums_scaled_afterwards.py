"""Carries the averages as un-normalised sums and multiplies by (1-β) of the current step at the end: the same for constant betas, wrong when they change.

task: adam
"""

# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """Return (params, state) after one step of Adam.

    params, grads: {name: float64 array}, arrays of any shape. state: None before the first step,
    afterwards what the step before returned; what it holds is up to you. Two walks that begin
    with None have nothing to do with each other.
    """
    t, m, v = state if state is not None else (0, {}, {})
    b1, b2 = betas
    t = t + 1
    m = {n: b1 * m.get(n, 0.0) + grads[n] for n in params}
    v = {n: b2 * v.get(n, 0.0) + grads[n] ** 2 for n in params}
    new = {}
    for n in params:
        m_hat = m[n] * (1 - b1) / (1 - b1**t)
        v_hat = v[n] * (1 - b2) / (1 - b2**t)
        new[n] = params[n] - learning_rate * m_hat / (np.sqrt(v_hat) + eps)
    return new, (t, m, v)
