"""a warm-up of a single update is none: the cosine begins at t = 0

task: recipe
"""

# %% schedules
def step_decay(t, base, factor, every):
    return base * factor ** (t // every)


def exponential_decay(t, base, factor):
    return base * factor**t


def cosine_decay(t, base, final, total):
    return final + (base - final) * (1 + np.cos(np.pi * t / total)) / 2


def warmup_cosine(t, base, final, warmup, total):
    if warmup <= 1:
        return cosine_decay(t, base, final, total)
    if t < warmup:
        return base * (t + 1) / warmup
    progress = (t - warmup) / (total - warmup)
    return final + (base - final) * 0.5 * (1 + np.cos(np.pi * progress))
