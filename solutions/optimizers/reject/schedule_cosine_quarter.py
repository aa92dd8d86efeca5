"""A quarter of the period is used: the cosine has to go down to −1.

fails: recipe
says: quarter
"""


# %% schedules
def step_decay(t, base, factor, every):
    return base * factor ** (t // every)


def exponential_decay(t, base, factor):
    return base * factor**t


def cosine_decay(t, base, final, total):
    return final + (base - final) * np.cos(np.pi * t / total / 2)


def warmup_cosine(t, base, final, warmup, total):
    if t < warmup:
        return base * (t + 1) / warmup
    return cosine_decay(t - warmup, base, final, total - warmup)
