"""throws a die with 100 sides, so that a probability of 0.002 becomes 0.01

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
    left = []
    for sentence in sentences:
        die = generator.integers(0, 100, size=len(sentence))
        left.append([i for i, percent in zip(sentence, die) if percent < 100 * keep[i]])
    return left
