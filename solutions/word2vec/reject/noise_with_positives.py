"""A pair may have its own context word among its negatives.

fails: noise
says: own
tells: A pair may have its own context word among its negatives.
"""


# %% noise
def noise_distribution(counts, power=0.75):
    weights = np.asarray(counts, dtype=np.float64) ** power
    return weights / weights.sum()


def draw_negatives(contexts, K, noise, seed):
    generator = np.random.default_rng(seed)
    negatives = generator.choice(len(noise), size=(len(contexts), K), p=noise)
    clash = negatives == contexts[:, None]
    while False:
        negatives[clash] = generator.choice(len(noise), size=clash.sum(), p=noise)
        clash = negatives == contexts[:, None]
    return negatives
