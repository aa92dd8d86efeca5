"""divides with /, so that the count is rounded to a float: wrong by dozens for T = 10**9 and m = 123456789

task: pairs
"""

# %% pairs
def skip_gram_pairs(sentences, window):
    """Return the list of (centre, context) pairs of all sentences, in the order of the text.

    sentences: lists of words or of ids; window: the number m of words on either side, at least 1.
    Centres from left to right, and for each of them its context from left to right.
    """
    pairs = []
    for s in sentences:
        for t in range(len(s)):
            for j in range(max(0, t - window), min(len(s), t + window + 1)):
                if j != t:
                    pairs.append((s[t], s[j]))
    return pairs


def pair_count(T, m):
    """Return how many pairs one sentence of T >= 1 words has with a window of m >= 1 words.

    A whole number; T and m may be as large as 10**9.
    """
    m = min(m, T - 1)
    return int(2 * (T * m - m * (m + 1) / 2) + 0.5)
