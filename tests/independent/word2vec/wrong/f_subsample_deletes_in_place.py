"""deletes the thrown words from the caller's own lists

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
    result = list(sentences)
    for sentence in result:
        for place in reversed(range(len(sentence))):
            if generator.random() >= keep[sentence[place]]:
                del sentence[place]
    return result
