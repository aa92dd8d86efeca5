"""the first step's betas and rate are kept in the state: later ones are ignored

task: adam
"""

# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    nothing = dict.fromkeys(params, 0.0)
    steps, m, v, learning_rate, betas, eps = (0, nothing, nothing, learning_rate, betas, eps) if state is None else state
    t = steps + 1
    m = {name: betas[0] * m[name] + (1 - betas[0]) * grads[name] for name in params}
    v = {name: betas[1] * v[name] + (1 - betas[1]) * grads[name] ** 2 for name in params}
    moved = {}
    for name in params:
        mean = m[name] / (1 - betas[0] ** t)
        size = np.sqrt(v[name] / (1 - betas[1] ** t))
        moved[name] = params[name] - learning_rate * mean / (size + eps)
    return moved, (t, m, v, learning_rate, betas, eps)
