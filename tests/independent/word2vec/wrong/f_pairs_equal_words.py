"""skips the context if it is the same word as the centre, not the same place, wrong for 'very very good'

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
        for t, centre in enumerate(sentence):
            around = sentence[max(0, t - window) : t + window + 1]
            pairs += [(centre, context) for context in around if context != centre]
    return pairs


def pair_count(T, m):
    """Return how many pairs one sentence of T >= 1 words has with a window of m >= 1 words.

    A whole number; T and m may be as large as 10**9.
    """
    m = min(m, T - 1)
    return 2 * T * m - m * (m + 1)
