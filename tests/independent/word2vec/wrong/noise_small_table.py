"""words are drawn from a table of 100 places

task: noise
"""

# %% noise
def draw_negatives(contexts, K, noise, seed):
    generator = np.random.default_rng(seed)
    table = np.repeat(np.arange(len(noise)), np.maximum(np.round(noise * 100).astype(int), noise > 0))
    noise = np.bincount(table, minlength=len(noise)) / len(table)
    negatives = generator.choice(len(noise), size=(len(contexts), K), p=noise)
    clash = negatives == contexts[:, None]
    while clash.any():
        negatives[clash] = generator.choice(len(noise), size=clash.sum(), p=noise)
        clash = negatives == contexts[:, None]
    return negatives


def noise_distribution(counts, power=0.75):
    weights = np.asarray(counts, dtype=np.float64) ** power
    return weights / weights.sum()
