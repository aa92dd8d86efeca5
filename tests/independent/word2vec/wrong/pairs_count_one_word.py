"""a sentence of one word has a pair

task: pairs
"""

# %% pairs
def pair_count(T, m):
    m = max(1, min(m, T - 1))
    return max(1, m * (2 * T - m - 1))


def skip_gram_pairs(sentences, window):
    pairs = []
    for sentence in sentences:
        for t, centre in enumerate(sentence):
            for j in range(max(0, t - window), min(len(sentence), t + window + 1)):
                if j != t:
                    pairs.append((centre, sentence[j]))
    return pairs
