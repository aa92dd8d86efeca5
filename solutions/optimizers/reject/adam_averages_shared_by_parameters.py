"""All parameters share one m and one v.

fails: adam
says: after step 1
"""


# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    t, m, v = (0, 0.0, 0.0) if state is None else state
    t = t + 1
    moved = {}
    for name in params:
        m = betas[0] * m + (1 - betas[0]) * grads[name]
        v = betas[1] * v + (1 - betas[1]) * grads[name] ** 2
        size = np.sqrt(v / (1 - betas[1] ** t))
        moved[name] = params[name] - learning_rate * m / (1 - betas[0] ** t) / (size + eps)
    return moved, (t, np.mean(m), np.mean(v))
