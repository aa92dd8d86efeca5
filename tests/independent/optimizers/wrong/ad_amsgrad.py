"""the largest size so far divides

task: adam
"""

# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    b1, b2 = betas
    t, m, v, top = state if state else (0, {}, {}, {})
    t, m2, v2, top2, new = t + 1, {}, {}, {}, {}
    for k, g in grads.items():
        m2[k] = b1 * m.get(k, 0) + (1 - b1) * g
        v2[k] = b2 * v.get(k, 0) + (1 - b2) * g * g
        top2[k] = np.maximum(top.get(k, 0), v2[k])
        new[k] = params[k] - learning_rate * (m2[k] / (1 - b1**t)) / ((top2[k] / (1 - b2**t)) ** 0.5 + eps)
    return new, (t, m2, v2, top2)
