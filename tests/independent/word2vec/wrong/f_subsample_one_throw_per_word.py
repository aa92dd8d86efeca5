"""throws once for every word of the vocabulary, so that all its occurrences stay or go together

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
    stays = generator.random(len(keep)) < keep
    return [[i for i in sentence if stays[i]] for sentence in sentences]
