"""one throw decides for all words of a sentence

task: subsample
"""

# %% subsample
def subsample(sentences, keep, seed):
    generator = np.random.default_rng(seed)
    out = []
    for sentence in sentences:
        u = generator.random()
        out.append([i for i in sentence if u < keep[i]])
    return out


def keep_probability(counts, threshold):
    share = np.asarray(counts) / np.sum(counts)
    return np.minimum(1, np.sqrt(threshold / share))
