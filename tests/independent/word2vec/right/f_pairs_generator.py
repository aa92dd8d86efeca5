"""yields the pairs from nested generators and counts all pairs less those too far apart

task: pairs
"""

# %% pairs
def skip_gram_pairs(sentences, window):
    """Return the list of (centre, context) pairs of all sentences, in the order of the text.

    sentences: lists of words or of ids; window: the number m of words on either side, at least 1.
    Centres from left to right, and for each of them its context from left to right.
    """
    def of_sentence(sentence):
        for t, centre in enumerate(sentence):
            for j, context in enumerate(sentence):
                if 1 <= abs(t - j) <= window:
                    yield centre, context

    def of_text():
        for sentence in sentences:
            yield from of_sentence(sentence)

    return list(of_text())


def pair_count(T: int, m: int) -> int:
    """Return how many pairs one sentence of T >= 1 words has with a window of m >= 1 words.

    A whole number; T and m may be as large as 10**9.
    """
    too_far = max(T - m - 1, 0) * max(T - m, 0)
    return T * (T - 1) - too_far
