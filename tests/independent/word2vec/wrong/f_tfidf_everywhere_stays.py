"""leaves the weight of a word in every document at its count (log 1 = 0 is taken for missing) instead of 0

task: tfidf
"""

# %% tfidf
def bag_of_words(documents, vocabulary):
    """Return an array (D, V): how often each word occurs in each document.

    documents: D lists of words; vocabulary: {word: column} with columns 0 to V − 1, in any order.
    Words outside the vocabulary do not count.
    """
    counts = np.zeros((len(documents), len(vocabulary)))
    for n, document in enumerate(documents):
        for word in document:
            if word in vocabulary:
                counts[n, vocabulary[word]] += 1
    return counts


def tfidf(counts):
    """Return count · ln(D / df) for every entry of counts, shape (D, V), no NaN anywhere."""
    df = (counts > 0).sum(axis=0)
    idf = np.log(len(counts) / np.maximum(df, 1))
    return counts * np.where(idf > 0, idf, 1.0)
