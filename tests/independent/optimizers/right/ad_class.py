"""the state is an object, a parameter's memory is made when it is first seen

task: adam
"""

# %% adam
class Memory:
    def __init__(self, t, entries):
        self.t, self.entries = t, entries


def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    memory = state or Memory(0, {})
    t = memory.t + 1
    b1, b2 = betas
    entries, new = {}, {}
    for k in grads:
        m, s = memory.entries.get(k, (0.0, 0.0))
        g = np.array(grads[k])
        m, s = m + (1 - b1) * (g - m), np.hypot(np.sqrt(b2) * s, np.sqrt(1 - b2) * g)
        entries[k] = (m, s)
        rate = learning_rate * np.sqrt(1 - b2**t) / (1 - b1**t)
        new[k] = params[k] - rate * m / (s + eps * np.sqrt(1 - b2**t))
    return new, Memory(t, entries)
