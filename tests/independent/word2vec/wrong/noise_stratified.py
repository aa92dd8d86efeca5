"""draws as even as they can be, shuffled

task: noise
"""

# %% noise
def draw_negatives(contexts, K, noise, seed):
    generator = np.random.default_rng(seed)
    n = len(contexts) * K
    u = generator.permutation((np.arange(n) + generator.random(n)) / n)
    negatives = np.minimum(np.searchsorted(np.cumsum(noise), u, side='right'), len(noise) - 1).reshape(len(contexts), K)
    clash = negatives == contexts[:, None]
    while clash.any():
        negatives[clash] = generator.choice(len(noise), size=clash.sum(), p=noise)
        clash = negatives == contexts[:, None]
    return negatives


def noise_distribution(counts, power=0.75):
    weights = np.asarray(counts, dtype=np.float64) ** power
    return weights / weights.sum()
