"""Clips every gradient entry to [-10, 10] first, as many training scripts do: m and v are wrong after a larger gradient.

task: adam
"""

# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """Return (params, state) after one step of Adam.

    params, grads: {name: float64 array}, arrays of any shape. state: None before the first step,
    afterwards what the step before returned; what it holds is up to you. Two walks that begin
    with None have nothing to do with each other.
    """
    grads = {n: np.clip(g, -10.0, 10.0) for n, g in grads.items()}
    t, m, v = state if state is not None else (0, {}, {})
    beta1, beta2 = betas
    t += 1
    m = {n: beta1 * m.get(n, 0) + (1 - beta1) * grads[n] for n in params}
    v = {n: beta2 * v.get(n, 0) + (1 - beta2) * grads[n] ** 2 for n in params}
    m_hat = {n: m[n] / (1 - beta1**t) for n in m}
    v_hat = {n: v[n] / (1 - beta2**t) for n in v}
    new = {n: p - learning_rate * m_hat[n] / (np.sqrt(v_hat[n]) + eps) for n, p in params.items()}
    return new, (t, m, v)
