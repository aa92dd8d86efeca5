"""counts one flat bincount, and finds the weight of the own word by its own tfidf on a made-up library

task: tfidf
"""

# %% tfidf
def bag_of_words(documents, vocabulary):
    """Return an array (D, V): how often each word occurs in each document.

    documents: D lists of words; vocabulary: {word: column} with columns 0 to V − 1, in any order.
    Words outside the vocabulary do not count.
    """
    D, V = len(documents), len(vocabulary)
    cells = [
        n * V + vocabulary[word]
        for n, document in enumerate(documents)
        for word in document
        if word in vocabulary
    ]
    return np.bincount(np.array(cells, dtype=int), minlength=D * V).reshape(D, V)


def tfidf(counts):
    """Return count · ln(D / df) for every entry of counts, shape (D, V), no NaN anywhere."""
    counts = np.asarray(counts)
    result = np.zeros(counts.shape, dtype=np.float64)
    for column in range(counts.shape[1]):
        present = counts[:, column] > 0
        if present.any():
            result[:, column] = counts[:, column] * -np.log(present.mean())
    return result

# %% own-word
occurs = np.zeros((library["documents"], 1))
occurs[: library["documents_with_word"]] = 1
occurs[0] = library["times"]
my_weight = tfidf(occurs)[0, 0]
