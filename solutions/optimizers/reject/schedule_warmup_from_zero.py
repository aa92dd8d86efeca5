"""The warm-up begins with a rate of 0: the first update does nothing.

fails: recipe
says: begin at 0
tells: The warm-up begins with a rate of 0: the first update does nothing.
"""


# %% schedules
def step_decay(t, base, factor, every):
    return base * factor ** (t // every)


def exponential_decay(t, base, factor):
    return base * factor**t


def cosine_decay(t, base, final, total):
    return final + (base - final) * (1 + np.cos(np.pi * t / total)) / 2


def warmup_cosine(t, base, final, warmup, total):
    if t < warmup:
        return base * t / warmup
    return cosine_decay(t - warmup, base, final, total - warmup)
