"""This is base·exp(−factor·t): the factor is what the rate is multiplied by.

fails: recipe
says: exp(−factor
"""


# %% schedules
def step_decay(t, base, factor, every):
    return base * factor ** (t // every)


def exponential_decay(t, base, factor):
    return base * np.exp(-factor * t)


def cosine_decay(t, base, final, total):
    return final + (base - final) * (1 + np.cos(np.pi * t / total)) / 2


def warmup_cosine(t, base, final, warmup, total):
    if t < warmup:
        return base * (t + 1) / warmup
    return cosine_decay(t - warmup, base, final, total - warmup)
