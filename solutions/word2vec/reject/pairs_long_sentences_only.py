"""The formula 2mT − m(m + 1) holds only for sentences that are longer than the window.

fails: pairs
says: T > m only
tells: The formula 2mT − m(m + 1) holds only for sentences that are longer than the window.
"""


# %% pairs
def skip_gram_pairs(sentences, window):
    pairs = []
    for sentence in sentences:
        for t, centre in enumerate(sentence):
            for j in range(max(0, t - window), min(len(sentence), t + window + 1)):
                if j != t:
                    pairs.append((centre, sentence[j]))
    return pairs


def pair_count(T, m):
    return 2 * m * T - m * (m + 1)
