"""The negatives are drawn once and used for all pairs.

fails: noise
says: of different pairs
tells: The negatives are drawn once and used for all pairs.
"""


# %% noise
def noise_distribution(counts, power=0.75):
    weights = np.asarray(counts, dtype=np.float64) ** power
    return weights / weights.sum()


def draw_negatives(contexts, K, noise, seed):
    generator = np.random.default_rng(seed)
    row = generator.choice(len(noise), size=K, p=noise)
    negatives = np.tile(row, (len(contexts), 1))
    clash = negatives == contexts[:, None]
    while clash.any():
        negatives[clash] = generator.choice(len(noise), size=clash.sum(), p=noise)
        clash = negatives == contexts[:, None]
    return negatives
