"""a final rate of 0 counts as not given

task: recipe
"""

# %% schedules
def step_decay(t, base, factor, every):
    return base * factor ** (t // every)


def exponential_decay(t, base, factor):
    return base * factor**t


def cosine_decay(t, base, final, total):
    final = final or base / 100
    return final + 0.5 * (base - final) * (1 + np.cos(np.pi * t / total))


def warmup_cosine(t, base, final, warmup, total):
    if t < warmup:
        return base * (t + 1) / warmup
    return cosine_decay(t - warmup, base, final, total - warmup)
