"""infinite weights and NaN taken away afterwards, whole numbers as counts

task: tfidf
"""

# %% tfidf
def bag_of_words(documents, vocabulary):
    counts = np.zeros((len(documents), len(vocabulary)), dtype=int)
    for row, words in enumerate(documents):
        for word, n in Counter(words).items():
            if word in vocabulary:
                counts[row][vocabulary[word]] = n
    return counts


def tfidf(counts):
    with np.errstate(all="ignore"):
        idf = np.log(np.float64(len(counts)) / np.count_nonzero(counts, axis=0))
        return np.nan_to_num(np.asarray(counts) * idf, nan=0.0)
