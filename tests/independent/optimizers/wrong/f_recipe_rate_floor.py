"""Never lets the rate of the step decay go below 1e-4 (a min_lr as in many libraries).

task: recipe
"""

# %% schedules
def step_decay(t, base, factor, every):
    """Return the learning rate for update t = 0, 1, ...; base, factor: floats, every: an int."""
    return max(base * factor ** (t // every), 1e-4)


def exponential_decay(t, base, factor):
    """Return the learning rate for update t = 0, 1, ..."""
    return base * factor**t


def cosine_decay(t, base, final, total):
    """Return the learning rate for update t = 0, 1, ..., total."""
    return final + 0.5 * (base - final) * (1 + np.cos(np.pi * t / total))


def warmup_cosine(t, base, final, warmup, total):
    """Return the learning rate for update t = 0, 1, ..., total; 0 < warmup < total."""
    if t < warmup:
        return (t + 1) / warmup * base
    return cosine_decay(t - warmup, base, final, total - warmup)
