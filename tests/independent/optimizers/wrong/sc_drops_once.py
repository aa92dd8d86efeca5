"""at most three drops

task: recipe
"""

# %% schedules
def step_decay(t, base, factor, every):
    rate = base
    for k in range(1, 4):
        if t >= k * every:
            rate *= factor
    return rate


def exponential_decay(t, base, factor):
    return base * factor**t


def cosine_decay(t, base, final, total):
    return final + (base - final) * (1 + np.cos(np.pi * t / total)) / 2


def warmup_cosine(t, base, final, warmup, total):
    if t < warmup:
        return base * (t + 1) / warmup
    return cosine_decay(t - warmup, base, final, total - warmup)
