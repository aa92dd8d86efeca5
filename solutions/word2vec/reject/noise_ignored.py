"""The negatives are drawn uniformly: the noise is not used.

fails: noise
says: is the noise used
tells: The negatives are drawn uniformly: the noise is not used.
"""


# %% noise
def noise_distribution(counts, power=0.75):
    weights = np.asarray(counts, dtype=np.float64) ** power
    return weights / weights.sum()


def draw_negatives(contexts, K, noise, seed):
    generator = np.random.default_rng(seed)
    negatives = generator.choice(
        len(noise), size=(len(contexts), K), p=(noise > 0) / np.sum(noise > 0)
    )
    clash = negatives == contexts[:, None]
    while clash.any():
        negatives[clash] = generator.choice(
            len(noise), size=clash.sum(), p=(noise > 0) / np.sum(noise > 0)
        )
        clash = negatives == contexts[:, None]
    return negatives
