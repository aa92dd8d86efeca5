"""equal sentences are decided alike

task: subsample
"""

# %% subsample
def subsample(sentences, keep, seed):
    generator = np.random.default_rng(seed)
    known = {}
    out = []
    for sentence in sentences:
        key = tuple(sentence)
        if key not in known:
            known[key] = [i for i in sentence if generator.random() < keep[i]]
        out.append(list(known[key]))
    return out


def keep_probability(counts, threshold):
    share = np.asarray(counts) / np.sum(counts)
    return np.minimum(1, np.sqrt(threshold / share))
