"""The window has a right side only.

fails: pairs
says: left side
tells: The window has a right side only.
"""


# %% pairs
def skip_gram_pairs(sentences, window):
    pairs = []
    for sentence in sentences:
        for t, centre in enumerate(sentence):
            for j in range(t, min(len(sentence), t + window + 1)):
                if j != t:
                    pairs.append((centre, sentence[j]))
    return pairs


def pair_count(T, m):
    reach = min(m, T - 1)
    return reach * (2 * T - reach - 1)
