"""pads with None and drops what is false, so that pairs with id 0 as context are lost if sentences are ids

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
        padded = [None] * window + list(sentence) + [None] * window
        for t, centre in enumerate(sentence):
            context = padded[t : t + window] + padded[t + window + 1 : t + 2 * window + 1]
            pairs += [(centre, word) for word in context if word]
    return pairs


def pair_count(T, m):
    """Return how many pairs one sentence of T >= 1 words has with a window of m >= 1 words.

    A whole number; T and m may be as large as 10**9.
    """
    m = min(m, T - 1)
    return 2 * T * m - m * (m + 1)
