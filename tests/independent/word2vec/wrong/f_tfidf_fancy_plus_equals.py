"""counts with counts[n, columns] += 1, where a word that is repeated in the document counts once

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
        columns = [vocabulary[word] for word in document if word in vocabulary]
        counts[n, columns] += 1
    return counts


def tfidf(counts):
    """Return count · ln(D / df) for every entry of counts, shape (D, V), no NaN anywhere."""
    counts = np.asarray(counts)
    df = np.sum(counts > 0, axis=0)
    return counts * np.log(len(counts) / np.maximum(df, 1))
