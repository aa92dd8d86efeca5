"""inverse distribution without the context, all at once

task: noise
"""

# %% noise
def draw_negatives(contexts, K, noise, seed):
    generator = np.random.default_rng(seed)
    P = np.tile(np.asarray(noise, dtype=float), (len(contexts), 1))
    P[np.arange(len(contexts)), contexts] = 0
    edges = P.cumsum(axis=1)
    u = edges[:, -1:] * generator.random((len(contexts), K))
    return (edges[:, None, :] <= u[:, :, None]).sum(axis=2)


def noise_distribution(counts, power=0.75):
    weights = np.asarray(counts, dtype=np.float64) ** power
    return weights / weights.sum()
