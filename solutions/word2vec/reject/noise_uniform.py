"""The noise is the uniform distribution, whatever the counts.

fails: noise
says: uniform distribution
tells: The noise is the uniform distribution, whatever the counts.
"""


# %% noise
def noise_distribution(counts, power=0.75):
    weights = np.ones(len(counts))
    return weights / weights.sum()


def draw_negatives(contexts, K, noise, seed):
    generator = np.random.default_rng(seed)
    negatives = generator.choice(len(noise), size=(len(contexts), K), p=noise)
    clash = negatives == contexts[:, None]
    while clash.any():
        negatives[clash] = generator.choice(len(noise), size=clash.sum(), p=noise)
        clash = negatives == contexts[:, None]
    return negatives
