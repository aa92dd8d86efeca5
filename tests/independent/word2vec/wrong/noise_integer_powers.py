"""counts of whole numbers keep whole powers

task: noise
"""

# %% noise
def noise_distribution(counts, power=0.75):
    counts = np.asarray(counts)
    weights = (counts**power).astype(counts.dtype)
    return weights / weights.sum()


def draw_negatives(contexts, K, noise, seed):
    generator = np.random.default_rng(seed)
    negatives = generator.choice(len(noise), size=(len(contexts), K), p=noise)
    clash = negatives == contexts[:, None]
    while clash.any():
        negatives[clash] = generator.choice(len(noise), size=clash.sum(), p=noise)
        clash = negatives == contexts[:, None]
    return negatives
