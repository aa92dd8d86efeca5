"""joins the slices left and right of each centre, as lists; the window is cut to T, not T - 1, which gives the same number

task: pairs
"""

# %% pairs
def skip_gram_pairs(sentences, window):
    """Return the list of (centre, context) pairs of all sentences, in the order of the text.

    sentences: lists of words or of ids; window: the number m of words on either side, at least 1.
    Centres from left to right, and for each of them its context from left to right.
    """
    pairs = []
    for sentence in map(list, sentences):
        for t in range(len(sentence)):
            left = sentence[:t][-window:]
            right = sentence[t + 1 :][:window]
            pairs.extend([sentence[t], word] for word in left + right)
    return pairs


def pair_count(T, m):
    """Return how many pairs one sentence of T >= 1 words has with a window of m >= 1 words.

    A whole number; T and m may be as large as 10**9.
    """
    m = T if m > T else m
    inner = max(T - 2 * m, 0)  # centres with a whole window
    if inner:
        return inner * 2 * m + 2 * sum_of(m, 2 * m - 1)
    return 2 * m * T - m * (m + 1)


def sum_of(first, last):
    return (first + last) * (last - first + 1) // 2
