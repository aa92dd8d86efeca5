"""no word comes up twice in a row where the noise allows it

task: noise
"""

# %% noise
def draw_negatives(contexts, K, noise, seed):
    generator = np.random.default_rng(seed)
    out = np.empty((len(contexts), K), dtype=int)
    for n, o in enumerate(contexts):
        p = np.array(noise, dtype=float)
        p[o] = 0
        out[n] = generator.choice(len(p), size=K, replace=np.count_nonzero(p) < K, p=p / p.sum())
    return out


def noise_distribution(counts, power=0.75):
    weights = np.asarray(counts, dtype=np.float64) ** power
    return weights / weights.sum()
