"""The logarithm is of D/(1 + df); the task has D/df.

fails: tfidf
says: without additions
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
    return counts * np.log(len(counts) / (1 + df))
