"""Leaves out the bias correction after step 10 since 'it only matters at first': with β2 = 0.999 steps 11, 12, ... are ten times too long.

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
    beta1, beta2 = betas
    t += 1
    m = {n: beta1 * m.get(n, 0) + (1 - beta1) * grads[n] for n in params}
    v = {n: beta2 * v.get(n, 0) + (1 - beta2) * grads[n] ** 2 for n in params}
    new = {}
    for n in params:
        m_hat, v_hat = m[n], v[n]
        if t <= 10:  # later the averages have warmed up
            m_hat, v_hat = m_hat / (1 - beta1**t), v_hat / (1 - beta2**t)
        new[n] = params[n] - learning_rate * m_hat / (np.sqrt(v_hat) + eps)
    return new, (t, m, v)
