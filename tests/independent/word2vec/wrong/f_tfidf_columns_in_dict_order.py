"""numbers the columns in the order of the dictionary and ignores its values, wrong for {'b': 1, 'a': 0}

task: tfidf
"""

# %% tfidf
def bag_of_words(documents, vocabulary):
    """Return an array (D, V): how often each word occurs in each document.

    documents: D lists of words; vocabulary: {word: column} with columns 0 to V − 1, in any order.
    Words outside the vocabulary do not count.
    """
    return np.array([[document.count(word) for word in vocabulary] for document in documents], float)


def tfidf(counts):
    """Return count · ln(D / df) for every entry of counts, shape (D, V), no NaN anywhere."""
    counts = np.asarray(counts)
    df = np.sum(counts > 0, axis=0)
    return counts * np.log(len(counts) / np.maximum(df, 1))
