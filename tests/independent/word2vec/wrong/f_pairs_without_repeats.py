"""returns every pair once although it occurs several times, wrong for 'the cat the cat'

task: pairs
"""

# %% pairs
def skip_gram_pairs(sentences, window):
    """Return the list of (centre, context) pairs of all sentences, in the order of the text.

    sentences: lists of words or of ids; window: the number m of words on either side, at least 1.
    Centres from left to right, and for each of them its context from left to right.
    """
    pairs = {}
    for s in sentences:
        for t in range(len(s)):
            for j in range(max(0, t - window), min(len(s), t + window + 1)):
                if j != t:
                    pairs[s[t], s[j]] = None
    return list(pairs)


def pair_count(T, m):
    """Return how many pairs one sentence of T >= 1 words has with a window of m >= 1 words.

    A whole number; T and m may be as large as 10**9.
    """
    m = min(m, T - 1)
    return 2 * T * m - m * (m + 1)
