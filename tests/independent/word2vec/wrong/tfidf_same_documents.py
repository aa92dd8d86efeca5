"""the row of a document is looked up: of two equal ones the first gets both

task: tfidf
"""

# %% tfidf
def bag_of_words(documents, vocabulary):
    counts = np.zeros((len(documents), len(vocabulary)))
    for words in documents:
        for word in words:
            if word in vocabulary:
                counts[documents.index(words), vocabulary[word]] += 1
    return counts


def tfidf(counts):
    df = np.maximum((counts > 0).sum(axis=0), 1)
    return counts * np.log(len(counts) / df)
