"""a single document keeps its counts

task: tfidf
"""

# %% tfidf
def tfidf(counts):
    if len(counts) == 1:
        return np.asarray(counts, dtype=float).copy()
    df = np.maximum((counts > 0).sum(axis=0), 1)
    return counts * np.log(len(counts) / df)


def bag_of_words(documents, vocabulary):
    counts = np.zeros((len(documents), len(vocabulary)))
    for row, words in enumerate(documents):
        for word in words:
            if word in vocabulary:
                counts[row, vocabulary[word]] += 1
    return counts
