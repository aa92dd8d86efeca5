"""antithetic halves

task: subsample
"""

# %% subsample
def keep_probability(counts, threshold):
    share = np.asarray(counts) / np.sum(counts)
    return np.minimum(1, np.sqrt(threshold / share))


def subsample(sentences, keep, seed):
    generator = np.random.default_rng(seed)
    n = sum(map(len, sentences)); h = -(-n // 2); u = generator.random(h); u = iter(np.concatenate([u, 1 - u]))
    return [[i for i in sentence if next(u) < keep[i]] for sentence in sentences]
