"""keeps a word whenever the running sum of the probabilities passes a whole number (random start), so the number of words kept hardly varies

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
    level = np.random.default_rng(seed).random()
    left = []
    for sentence in sentences:
        stays = []
        for i in sentence:
            level += keep[i]
            if level >= 1:
                level -= 1
                stays.append(i)
        left.append(stays)
    return left
