"""every second draw mirrors the one before

task: noise
"""

# %% noise
def draw_negatives(contexts, K, noise, seed):
    generator = np.random.default_rng(seed)
    u = generator.random((len(contexts), K))
    u[:, 1::2] = 1 - u[:, 0 : K - K % 2 : 2]
    negatives = np.minimum(np.searchsorted(np.cumsum(noise), u, side='right'), len(noise) - 1)
    clash = negatives == contexts[:, None]
    while clash.any():
        negatives[clash] = generator.choice(len(noise), size=clash.sum(), p=noise)
        clash = negatives == contexts[:, None]
    return negatives


def noise_distribution(counts, power=0.75):
    weights = np.asarray(counts, dtype=np.float64) ** power
    return weights / weights.sum()
