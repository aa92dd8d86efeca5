"""counts in a default argument that survives the call, so a second call still has the words of the first

task: text
"""

# %% text
def tokenize(text):
    """Return the sentences of a text in order, each a list of its words in lower case.

    Sentences end at . ! or ?; words are runs of the letters a to z. No sentence is empty.
    """
    found = [re.findall("[a-z]+", part) for part in re.split("[.!?]", text.lower())]
    return [words for words in found if words]


def build_vocabulary(sentences, min_count=1, counts=Counter()):
    """Return {word: id} of the words that occur at least min_count times in all sentences.

    Ids count from 0, the most frequent word first, equally frequent ones alphabetically.
    """
    for sentence in sentences:
        counts.update(sentence)
    words = sorted(counts, key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(w for w in words if counts[w] >= min_count)}


def encode(sentences, vocabulary):
    """Return every sentence as a list of ids; words outside the vocabulary are left out.

    A sentence of which nothing is left stays as an empty list.
    """
    return [[vocabulary[w] for w in sentence if w in vocabulary] for sentence in sentences]


def one_hot(ids, size):
    """Return an array of shape (len(ids), size), row n one-hot at ids[n]."""
    rows = np.zeros((len(ids), size))
    for n, i in enumerate(ids):
        rows[n, i] = 1
    return rows
