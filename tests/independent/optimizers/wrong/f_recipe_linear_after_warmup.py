"""Falls along a straight line after the warm-up, which agrees with the cosine at its start, middle and end only.

task: recipe
"""

# %% schedules
def step_decay(t, base, factor, every):
    """Return the learning rate for update t = 0, 1, ...; base, factor: floats, every: an int."""
    return base * factor ** (t // every)


def exponential_decay(t, base, factor):
    """Return the learning rate for update t = 0, 1, ..."""
    return base * factor**t


def cosine_decay(t, base, final, total):
    """Return the learning rate for update t = 0, 1, ..., total."""
    return final + 0.5 * (base - final) * (1 + np.cos(np.pi * t / total))


def warmup_cosine(t, base, final, warmup, total):
    """Return the learning rate for update t = 0, 1, ..., total; 0 < warmup < total."""
    if t < warmup:
        return base * (t + 1) / warmup
    progress = (t - warmup) / (total - warmup)
    return base + (final - base) * progress
