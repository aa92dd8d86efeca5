"""throws all coins of the text at once with binomial and cuts the result up again

task: subsample
"""

# %% subsample
def keep_probability(counts, threshold):
    """Return the probability with which each word stays, (V,); counts: (V,), all above 0."""
    counts = np.asarray(counts, dtype=float)
    ratio = threshold * counts.sum() / counts
    return np.where(ratio < 1, ratio, 1.0) ** 0.5


def subsample(sentences, keep, seed):
    """Return the sentences without the words that were thrown out, the others in their order.

    sentences: lists of ids; keep: (V,), the probability of each id to stay. Each occurrence is decided
    by itself. A sentence may become an empty list, but stays. Random numbers: default_rng(seed).
    """
    lengths = [len(s) for s in sentences]
    flat = np.array([i for s in sentences for i in s], dtype=int)
    stays = np.random.default_rng(seed).binomial(1, np.asarray(keep)[flat]).astype(bool)
    ends = np.cumsum(lengths)
    return [
        flat[end - n : end][stays[end - n : end]].tolist() for n, end in zip(lengths, ends)
    ]
