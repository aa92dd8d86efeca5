"""Centre and context are swapped in every pair.

fails: pairs
says: centre comes first
tells: Centre and context are swapped in every pair.
"""


# %% pairs
def skip_gram_pairs(sentences, window):
    pairs = []
    for sentence in sentences:
        for t, centre in enumerate(sentence):
            for j in range(max(0, t - window), min(len(sentence), t + window + 1)):
                if j != t:
                    pairs.append((sentence[j], centre))
    return pairs


def pair_count(T, m):
    reach = min(m, T - 1)
    return reach * (2 * T - reach - 1)
