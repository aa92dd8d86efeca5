"""Windows reach over the end of a sentence into the next.

fails: pairs
says: next sentence
tells: Windows reach over the end of a sentence into the next.
"""


# %% pairs
def skip_gram_pairs(sentences, window):
    pairs = []
    for sentence in [[word for words in sentences for word in words]]:
        for t, centre in enumerate(sentence):
            for j in range(max(0, t - window), min(len(sentence), t + window + 1)):
                if j != t:
                    pairs.append((centre, sentence[j]))
    return pairs


def pair_count(T, m):
    reach = min(m, T - 1)
    return reach * (2 * T - reach - 1)
