"""returns shape (0,) instead of (0, size) for an empty list of ids

task: text
"""

# %% text
def tokenize(text):
    """Return the sentences of a text in order, each a list of its words in lower case.

    Sentences end at . ! or ?; words are runs of the letters a to z. No sentence is empty.
    """
    found = [re.findall("[a-z]+", part) for part in re.split("[.!?]", text.lower())]
    return [words for words in found if words]


def build_vocabulary(sentences, min_count=1):
    """Return {word: id} of the words that occur at least min_count times in all sentences.

    Ids count from 0, the most frequent word first, equally frequent ones alphabetically.
    """
    counts = Counter(word for sentence in sentences for word in sentence)
    kept = [word for word in counts if counts[word] >= min_count]
    kept.sort(key=lambda word: (-counts[word], word))
    return {word: i for i, word in enumerate(kept)}


def encode(sentences, vocabulary):
    """Return every sentence as a list of ids; words outside the vocabulary are left out.

    A sentence of which nothing is left stays as an empty list.
    """
    return [[vocabulary[w] for w in sentence if w in vocabulary] for sentence in sentences]


def one_hot(ids, size):
    """Return an array of shape (len(ids), size), row n one-hot at ids[n]."""
    return np.array([[1.0 if column == i else 0.0 for column in range(size)] for i in ids])
