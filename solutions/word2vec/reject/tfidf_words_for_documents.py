"""The logarithm is of V/df: the number of words stands in the place of the number of documents.

fails: tfidf
says: number of documents, not of words
"""


# %% tfidf
def bag_of_words(documents, vocabulary):
    counts = np.zeros((len(documents), len(vocabulary)))
    for row, words in enumerate(documents):
        for word in words:
            if word in vocabulary:
                counts[row, vocabulary[word]] += 1
    return counts


def tfidf(counts):
    df = np.maximum((counts > 0).sum(axis=0), 1)
    return counts * np.log(counts.shape[1] / df)
