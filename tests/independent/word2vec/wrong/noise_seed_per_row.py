"""row n is drawn with seed + n, so that neighbouring seeds share rows

task: noise
"""

# %% noise
def draw_negatives(contexts, K, noise, seed):
    out = []
    for n, o in enumerate(contexts):
        generator = np.random.default_rng(seed + n)
        row = []
        while len(row) < K:
            w = int(generator.choice(len(noise), p=noise))
            if w != o:
                row.append(w)
        out.append(row)
    return np.array(out, dtype=int).reshape(len(contexts), K)


def noise_distribution(counts, power=0.75):
    weights = np.asarray(counts, dtype=np.float64) ** power
    return weights / weights.sum()
