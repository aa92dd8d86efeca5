"""equal documents share a row

task: tfidf
"""

# %% tfidf
def bag_of_words(documents, vocabulary):
    bags = {tuple(words): Counter(words) for words in documents}
    rows = [[bag[word] for word in sorted(vocabulary, key=vocabulary.get)] for bag in bags.values()]
    return np.array(rows, dtype=float)


def tfidf(counts):
    df = np.maximum((counts > 0).sum(axis=0), 1)
    return counts * np.log(len(counts) / df)
