"""lays the windows over the whole text, so that they reach into the next sentence

task: pairs
"""

# %% pairs
def skip_gram_pairs(sentences, window):
    """Return the list of (centre, context) pairs of all sentences, in the order of the text.

    sentences: lists of words or of ids; window: the number m of words on either side, at least 1.
    Centres from left to right, and for each of them its context from left to right.
    """
    text = [word for sentence in sentences for word in sentence]
    return [
        (text[t], text[j])
        for t in range(len(text))
        for j in range(t - window, t + window + 1)
        if j != t and 0 <= j < len(text)
    ]


def pair_count(T, m):
    """Return how many pairs one sentence of T >= 1 words has with a window of m >= 1 words.

    A whole number; T and m may be as large as 10**9.
    """
    m = min(m, T - 1)
    return 2 * T * m - m * (m + 1)
