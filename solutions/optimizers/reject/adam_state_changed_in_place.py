"""The state that was passed in is changed in place.

fails: adam
says: changes its argument
tells: The state that was passed in is changed in place: hand a new one back.
"""


# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    if state is None:
        state = {name: [0, np.zeros_like(p), np.zeros_like(p)] for name, p in params.items()}
    moved = {}
    for name in params:
        state[name][0] += 1
        t, m, v = state[name]
        state[name][1] = m = betas[0] * m + (1 - betas[0]) * grads[name]
        state[name][2] = v = betas[1] * v + (1 - betas[1]) * grads[name] ** 2
        mean, size = m / (1 - betas[0] ** t), np.sqrt(v / (1 - betas[1] ** t))
        moved[name] = params[name] - learning_rate * mean / (size + eps)
    return moved, state
