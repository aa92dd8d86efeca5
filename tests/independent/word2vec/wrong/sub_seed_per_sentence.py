"""each sentence begins with the same random numbers

task: subsample
"""

# %% subsample
def subsample(sentences, keep, seed):
    out = []
    for sentence in sentences:
        u = np.random.default_rng(seed).random(len(sentence))
        out.append([i for i, x in zip(sentence, u) if x < keep[i]])
    return out


def keep_probability(counts, threshold):
    share = np.asarray(counts) / np.sum(counts)
    return np.minimum(1, np.sqrt(threshold / share))
