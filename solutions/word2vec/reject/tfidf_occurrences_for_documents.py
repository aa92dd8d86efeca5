"""df counts how often a word occurs in all documents, not in how many it occurs.

fails: tfidf
says: not of occurrences
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
    df = np.maximum(counts.sum(axis=0), 1)
    return counts * np.log(len(counts) / df)
