"""at least one word of a sentence stays

task: subsample
"""

# %% subsample
def subsample(sentences, keep, seed):
    generator = np.random.default_rng(seed)
    out = []
    for sentence in sentences:
        left = [i for i in sentence if generator.random() < keep[i]]
        if sentence and not left:
            left = [sentence[int(generator.integers(len(sentence)))]]
        out.append(left)
    return out


def keep_probability(counts, threshold):
    share = np.asarray(counts) / np.sum(counts)
    return np.minimum(1, np.sqrt(threshold / share))
