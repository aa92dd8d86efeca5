"""the seed 0 is taken for none

task: subsample
"""

# %% subsample
def subsample(sentences, keep, seed):
    generator = np.random.default_rng(seed or None)
    return [[i for i in s if generator.random() < keep[i]] for s in sentences]


def keep_probability(counts, threshold):
    share = np.asarray(counts) / np.sum(counts)
    return np.minimum(1, np.sqrt(threshold / share))
