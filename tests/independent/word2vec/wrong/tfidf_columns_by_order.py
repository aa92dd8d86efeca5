"""columns in the order of the dictionary

task: tfidf
"""

# %% tfidf
def bag_of_words(documents, vocabulary):
    return np.array([[Counter(words)[word] for word in vocabulary] for words in documents], dtype=float)


def tfidf(counts):
    df = np.maximum((counts > 0).sum(axis=0), 1)
    return counts * np.log(len(counts) / df)
