"""Multiplies a rate kept on the function at every call: right if called for t = 0, 1, 2, ... in turn, wrong for any other order or a second look at the same t.

task: recipe
"""

# %% schedules
def step_decay(t, base, factor, every):
    """Return the learning rate for update t = 0, 1, ...; base, factor: floats, every: an int."""
    return base * factor ** (t // every)


def exponential_decay(t, base, factor):
    """Return the learning rate for update t = 0, 1, ..."""
    if t == 0:
        exponential_decay.rate = base
    else:
        exponential_decay.rate = getattr(exponential_decay, "rate", base) * factor
    return exponential_decay.rate


def cosine_decay(t, base, final, total):
    """Return the learning rate for update t = 0, 1, ..., total."""
    return final + 0.5 * (base - final) * (1 + np.cos(np.pi * t / total))


def warmup_cosine(t, base, final, warmup, total):
    """Return the learning rate for update t = 0, 1, ..., total; 0 < warmup < total."""
    if t < warmup:
        return (t + 1) / warmup * base
    return cosine_decay(t - warmup, base, final, total - warmup)
