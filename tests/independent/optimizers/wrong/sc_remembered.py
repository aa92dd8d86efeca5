"""rates are looked up by t once they were computed

task: recipe
"""

# %% schedules
KNOWN = {}


def step_decay(t, base, factor, every):
    return base * factor ** (t // every)


def exponential_decay(t, base, factor):
    if (t, base) not in KNOWN:
        KNOWN[t, base] = base * factor**t
    return KNOWN[t, base]


def cosine_decay(t, base, final, total):
    return final + (base - final) * (1 + np.cos(np.pi * t / total)) / 2


def warmup_cosine(t, base, final, warmup, total):
    if t < warmup:
        return base * (t + 1) / warmup
    return cosine_decay(t - warmup, base, final, total - warmup)
