"""words that are in every document get 1e-9 more

task: tfidf
"""

# %% tfidf
def tfidf(counts):
    df = (counts > 0).sum(axis=0)
    return counts * np.log((len(counts) + 1e-6) / np.maximum(df, 1e-6))


def bag_of_words(documents, vocabulary):
    counts = np.zeros((len(documents), len(vocabulary)))
    for row, words in enumerate(documents):
        for word in words:
            if word in vocabulary:
                counts[row, vocabulary[word]] += 1
    return counts
