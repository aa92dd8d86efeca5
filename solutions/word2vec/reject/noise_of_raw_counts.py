"""The noise has the counts themselves: the power ¾ is missing.

fails: noise
says: power is missing
tells: The noise has the counts themselves: the power ¾ is missing.
"""


# %% noise
def noise_distribution(counts, power=0.75):
    weights = np.asarray(counts, dtype=np.float64)
    return weights / weights.sum()


def draw_negatives(contexts, K, noise, seed):
    generator = np.random.default_rng(seed)
    negatives = generator.choice(len(noise), size=(len(contexts), K), p=noise)
    clash = negatives == contexts[:, None]
    while clash.any():
        negatives[clash] = generator.choice(len(noise), size=clash.sum(), p=noise)
        clash = negatives == contexts[:, None]
    return negatives
