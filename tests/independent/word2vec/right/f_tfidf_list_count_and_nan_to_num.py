"""counts with list.count in the order of the columns and turns infinity times zero into 0

task: tfidf
"""

# %% tfidf
def bag_of_words(documents, vocabulary):
    """Return an array (D, V): how often each word occurs in each document.

    documents: D lists of words; vocabulary: {word: column} with columns 0 to V − 1, in any order.
    Words outside the vocabulary do not count.
    """
    words = sorted(vocabulary, key=vocabulary.get)
    return np.array([[list(d).count(w) for w in words] for d in documents]).reshape(-1, len(words))


def tfidf(counts):
    """Return count · ln(D / df) for every entry of counts, shape (D, V), no NaN anywhere."""
    counts = np.array(counts, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        product = counts * (np.log(len(counts)) - np.log(np.count_nonzero(counts, axis=0)))
    return np.nan_to_num(product)

# %% own-word
import math

my_weight = -library["times"] * math.log1p(
    library["documents_with_word"] / library["documents"] - 1
)
