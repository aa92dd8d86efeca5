"""time begins with the first gradient that is not zero

task: adam
"""

# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    b1, b2 = betas
    new, after = {}, {}
    for k, p in params.items():
        m, v, t = (np.zeros_like(p), np.zeros_like(p), 0) if state is None else state[k]
        if not np.any(m) and not np.any(v):
            t = 0
        t, m, v = t + 1, b1 * m + (1 - b1) * grads[k], b2 * v + (1 - b2) * grads[k] ** 2
        new[k] = p - learning_rate * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + eps)
        after[k] = (m, v, t)
    return new, after
