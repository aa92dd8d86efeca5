"""divides the caller's counts by their sum in place (and fails for integer counts)

task: subsample
"""

# %% subsample
def keep_probability(counts, threshold):
    """Return the probability with which each word stays, (V,); counts: (V,), all above 0."""
    counts /= counts.sum()
    return np.minimum(1.0, np.sqrt(threshold / counts))


def subsample(sentences, keep, seed):
    """Return the sentences without the words that were thrown out, the others in their order.

    sentences: lists of ids; keep: (V,), the probability of each id to stay. Each occurrence is decided
    by itself. A sentence may become an empty list, but stays. Random numbers: default_rng(seed).
    """
    generator = np.random.default_rng(seed)
    return [[w for w in sentence if generator.random() < keep[w]] for sentence in sentences]
