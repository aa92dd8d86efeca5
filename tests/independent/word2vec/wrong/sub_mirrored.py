"""every second throw mirrors the one before

task: subsample
"""

# %% subsample
def subsample(sentences, keep, seed):
    generator = np.random.default_rng(seed)
    out = []
    for sentence in sentences:
        u = generator.random(len(sentence) // 2 + 1)
        u = np.stack([u, 1 - u], axis=1).ravel()
        out.append([i for i, x in zip(sentence, u) if x < keep[i]])
    return out


def keep_probability(counts, threshold):
    share = np.asarray(counts) / np.sum(counts)
    return np.minimum(1, np.sqrt(threshold / share))
