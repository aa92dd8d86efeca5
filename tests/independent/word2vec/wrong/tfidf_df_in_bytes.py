"""df in bytes

task: tfidf
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
    df = np.maximum((counts > 0).sum(axis=0, dtype=np.uint8), 1)
    return counts * np.log(len(counts) / df)
