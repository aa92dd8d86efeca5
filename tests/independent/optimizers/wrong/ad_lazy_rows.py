"""rows without a gradient wait, as embeddings do in SparseAdam

task: adam
"""

# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    b1, b2 = betas
    t = 1 if state is None else state["t"] + 1
    new, after = {}, {"t": t, "m": {}, "v": {}}
    for k, p in params.items():
        m = np.zeros_like(p) if state is None else state["m"][k]
        v = np.zeros_like(p) if state is None else state["v"][k]
        seen = grads[k] != 0
        m = np.where(seen, b1 * m + (1 - b1) * grads[k], m)
        v = np.where(seen, b2 * v + (1 - b2) * grads[k] ** 2, v)
        step = learning_rate * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + eps)
        new[k] = np.where(seen, p - step, p)
        after["m"][k], after["v"][k] = m, v
    return new, after
