"""A negative that is the context word is replaced by the next word that has noise, not drawn
again.

fails: noise
says: draw again
tells: A negative that is the context word is replaced by the next word that has noise, not
tells: drawn again.
"""


# %% noise
def noise_distribution(counts, power=0.75):
    weights = np.asarray(counts, dtype=np.float64) ** power
    return weights / weights.sum()


def draw_negatives(contexts, K, noise, seed):
    generator = np.random.default_rng(seed)
    negatives = generator.choice(len(noise), size=(len(contexts), K), p=noise)
    clash = negatives == contexts[:, None]
    while clash.any():
        negatives[clash] = (negatives[clash] + 1) % len(noise)
        clash = (negatives == contexts[:, None]) | (noise[negatives] == 0)
    return negatives
