"""64-bit integers overflow

task: pairs
"""

# %% pairs
def pair_count(T, m):
    m = np.int64(min(m, T - 1))
    return int((2 * np.int64(T) * m * (2 * np.int64(T) - m - 1)) // (2 * np.int64(T)))


def skip_gram_pairs(sentences, window):
    pairs = []
    for sentence in sentences:
        for t, centre in enumerate(sentence):
            for j in range(max(0, t - window), min(len(sentence), t + window + 1)):
                if j != t:
                    pairs.append((centre, sentence[j]))
    return pairs
