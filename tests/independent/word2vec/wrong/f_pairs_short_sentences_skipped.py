"""skips sentences shorter than one full window (2m + 1 words), which the text cuts off instead

task: pairs
"""

# %% pairs
def skip_gram_pairs(sentences, window):
    """Return the list of (centre, context) pairs of all sentences, in the order of the text.

    sentences: lists of words or of ids; window: the number m of words on either side, at least 1.
    Centres from left to right, and for each of them its context from left to right.
    """
    pairs = []
    for sentence in sentences:
        if len(sentence) < 2 * window + 1:
            continue
        for t, centre in enumerate(sentence):
            left = sentence[max(0, t - window) : t]
            right = sentence[t + 1 : t + 1 + window]
            pairs.extend((centre, context) for context in left + right)
    return pairs


def pair_count(T, m):
    """Return how many pairs one sentence of T >= 1 words has with a window of m >= 1 words.

    A whole number; T and m may be as large as 10**9.
    """
    m = min(m, T - 1)
    return 2 * T * m - m * (m + 1)
