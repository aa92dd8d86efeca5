"""Counts t for every parameter only in steps where it has a gradient entry other than zero (lazy Adam, m and v still decay): the correction is wrong after a zero gradient.

task: adam
"""

# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """Return (params, state) after one step of Adam.

    params, grads: {name: float64 array}, arrays of any shape. state: None before the first step,
    afterwards what the step before returned; what it holds is up to you. Two walks that begin
    with None have nothing to do with each other.
    """
    t, m, v = ({}, {}, {}) if state is None else state
    b1, b2 = betas
    t = {n: t.get(n, 0) + (1 if np.any(grads[n]) or n not in t else 0) for n in params}
    m = {n: b1 * m.get(n, 0.0) + (1 - b1) * grads[n] for n in params}
    v = {n: b2 * v.get(n, 0.0) + (1 - b2) * grads[n] ** 2 for n in params}
    new = {}
    for n in params:
        m_hat, v_hat = m[n] / (1 - b1 ** t[n]), v[n] / (1 - b2 ** t[n])
        new[n] = params[n] - learning_rate * m_hat / (np.sqrt(v_hat) + eps)
    return new, (t, m, v)
