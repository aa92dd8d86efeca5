"""All occurrences of a word in a sentence are decided by one throw.

fails: subsample
says: one throw for each occurrence
tells: All occurrences of a word in a sentence are decided by one throw.
"""


# %% subsample
def keep_probability(counts, threshold):
    share = np.asarray(counts) / np.sum(counts)
    return np.minimum(1, np.sqrt(threshold / share))


def subsample(sentences, keep, seed):
    generator = np.random.default_rng(seed)
    left = []
    for sentence in sentences:
        stays = generator.random(len(keep)) < keep
        left.append([i for i in sentence if stays[i]])
    return left
