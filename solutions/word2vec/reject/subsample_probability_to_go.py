"""keep_probability is the probability of being thrown out.

fails: subsample
says: being thrown out
"""


# %% subsample
def keep_probability(counts, threshold):
    share = np.asarray(counts) / np.sum(counts)
    return 1 - np.minimum(1, np.sqrt(threshold / share))


def subsample(sentences, keep, seed):
    generator = np.random.default_rng(seed)
    return [[i for i in sentence if generator.random() < keep[i]] for sentence in sentences]
