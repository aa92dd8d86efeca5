"""sentence n is decided with seed + n

task: subsample
"""

# %% subsample
def subsample(sentences, keep, seed):
    out = []
    for n, sentence in enumerate(sentences):
        u = np.random.default_rng(seed + n).random(len(sentence))
        out.append([i for i, x in zip(sentence, u) if x < keep[i]])
    return out


def keep_probability(counts, threshold):
    share = np.asarray(counts) / np.sum(counts)
    return np.minimum(1, np.sqrt(threshold / share))
