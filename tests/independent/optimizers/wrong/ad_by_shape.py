"""parameters of one shape share their averages

task: adam
"""

# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    b1, b2 = betas
    t = 1 if state is None else state[0] + 1
    memory = {} if state is None else dict(state[1])
    new = {}
    for k, p in params.items():
        m, v = memory.get(p.shape, (0.0, 0.0))
        m, v = b1 * m + (1 - b1) * grads[k], b2 * v + (1 - b2) * grads[k] ** 2
        memory[p.shape] = (m, v)
        new[k] = p - learning_rate * (m / (1 - b1**t)) / (np.sqrt(v / (1 - b2**t)) + eps)
    return new, (t, memory)
