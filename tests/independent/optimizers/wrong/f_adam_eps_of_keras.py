"""The default eps in the signature is 1e-7 (as in Keras) instead of 1e-8: off by per cents for gradients of 1e-6 with default arguments.

task: adam
"""

# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-7):
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
        m_hat, v_hat = m[n] / (1 - beta1**t), v[n] / (1 - beta2**t)
        new[n] = params[n] - learning_rate * m_hat / (np.sqrt(v_hat) + eps)
    return new, (t, m, v)
