"""The logarithm has the base 10, in the function and for your own word.

fails: tfidf
says: base 10
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
    return counts * np.log10(len(counts) / df)


# %% own-word
my_weight = None
my_weight = library["times"] * np.log10(library["documents"] / library["documents_with_word"])
