"""The window ends one word too early on the right: range leaves its end out.

fails: pairs
says: one word too few on the right
tells: The window ends one word too early on the right: range leaves its end out.
"""


# %% pairs
def skip_gram_pairs(sentences, window):
    pairs = []
    for sentence in sentences:
        for t, centre in enumerate(sentence):
            for j in range(max(0, t - window), min(len(sentence), t + window)):
                if j != t:
                    pairs.append((centre, sentence[j]))
    return pairs


def pair_count(T, m):
    reach = min(m, T - 1)
    return reach * (2 * T - reach - 1)
