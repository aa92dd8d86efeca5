"""the state is an object that changes, and is handed back

task: adam
"""

# %% adam
class Memory:
    def __init__(self):
        self.t, self.m, self.v = 0, {}, {}


def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    memory = Memory() if state is None else state
    memory.t += 1
    new = {}
    for k, g in grads.items():
        memory.m[k] = betas[0] * memory.m.get(k, 0.0) + (1 - betas[0]) * g
        memory.v[k] = betas[1] * memory.v.get(k, 0.0) + (1 - betas[1]) * g * g
        mean = memory.m[k] / (1 - betas[0] ** memory.t)
        size = np.sqrt(memory.v[k] / (1 - betas[1] ** memory.t))
        new[k] = params[k] - learning_rate * mean / (size + eps)
    return new, memory
