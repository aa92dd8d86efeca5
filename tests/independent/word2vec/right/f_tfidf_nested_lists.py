"""stays with plain lists and the logarithm of the ratio as a difference of two

task: tfidf
"""

# %% tfidf
def bag_of_words(documents, vocabulary):
    """Return an array (D, V): how often each word occurs in each document.

    documents: D lists of words; vocabulary: {word: column} with columns 0 to V − 1, in any order.
    Words outside the vocabulary do not count.
    """
    table = [[0] * len(vocabulary) for _ in documents]
    for row, document in zip(table, documents):
        for word, n in Counter(document).items():
            try:
                row[vocabulary[word]] += n
            except KeyError:
                pass
    return np.array(table, dtype=float).reshape(len(documents), len(vocabulary))


def tfidf(counts):
    """Return count · ln(D / df) for every entry of counts, shape (D, V), no NaN anywhere."""
    import torch

    counts = torch.as_tensor(np.array(counts, dtype=np.float64))
    df = (counts > 0).to(torch.float64).sum(dim=0).clamp(min=1)
    return torch.xlogy(counts, counts.shape[0] / df)

# %% own-word
D, df, n = (library[name] for name in ("documents", "documents_with_word", "times"))
my_weight = np.array(n * (np.log2(D) - np.log2(df)) * np.log(2))
