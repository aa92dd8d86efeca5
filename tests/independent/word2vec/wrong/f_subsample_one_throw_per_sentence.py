"""throws once for each sentence and compares all its words with the same number

task: subsample
"""

# %% subsample
def keep_probability(counts, threshold):
    """Return the probability with which each word stays, (V,); counts: (V,), all above 0."""
    share = counts / np.sum(counts)
    return np.minimum(1, np.sqrt(threshold / share))


def subsample(sentences, keep, seed):
    """Return the sentences without the words that were thrown out, the others in their order.

    sentences: lists of ids; keep: (V,), the probability of each id to stay. Each occurrence is decided
    by itself. A sentence may become an empty list, but stays. Random numbers: default_rng(seed).
    """
    generator = np.random.default_rng(seed)
    thrown = generator.random(len(sentences))
    return [[i for i in s if u < keep[i]] for s, u in zip(sentences, thrown)]
