"""works backwards through a copy of the text and deletes; the probabilities come one at a time

task: subsample
"""

# %% subsample
def keep_probability(counts, threshold):
    """Return the probability with which each word stays, (V,); counts: (V,), all above 0."""
    total = float(sum(counts))
    return np.array([min(1.0, (threshold / (c / total)) ** 0.5) for c in counts])


def subsample(sentences, keep, seed):
    """Return the sentences without the words that were thrown out, the others in their order.

    sentences: lists of ids; keep: (V,), the probability of each id to stay. Each occurrence is decided
    by itself. A sentence may become an empty list, but stays. Random numbers: default_rng(seed).
    """
    from copy import deepcopy

    generator = np.random.default_rng(seed)
    left = deepcopy([list(s) for s in sentences])
    for sentence in reversed(left):
        for place in range(len(sentence) - 1, -1, -1):
            thrown_out = 1.0 - keep[sentence[place]]
            # 1 - random() lies in (0, 1], so that probability 0 and 1 are exact
            if 1.0 - generator.random() <= thrown_out:
                sentence.pop(place)
    return left
