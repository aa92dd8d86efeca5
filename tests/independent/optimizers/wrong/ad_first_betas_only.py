"""betas are those of the first step, the rate is each step's own

task: adam
"""

# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    t, m, v, betas = state or (0, {}, {}, betas)
    t, m2, v2, new = t + 1, {}, {}, {}
    for k, g in grads.items():
        m2[k] = betas[0] * m.get(k, 0) + (1 - betas[0]) * g
        v2[k] = betas[1] * v.get(k, 0) + (1 - betas[1]) * g * g
        new[k] = params[k] - learning_rate * m2[k] / (1 - betas[0] ** t) / ((v2[k] / (1 - betas[1] ** t)) ** 0.5 + eps)
    return new, (t, m2, v2, betas)
