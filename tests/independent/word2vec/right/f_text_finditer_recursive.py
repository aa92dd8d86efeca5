"""finds words and marks in one pattern, builds the vocabulary by two stable sorts, reads rows from an identity matrix

task: text
"""

# %% text
def tokenize(text):
    """Return the sentences of a text in order, each a list of its words in lower case.

    Sentences end at . ! or ?; words are runs of the letters a to z. No sentence is empty.
    """
    def rest(tokens, words):
        for match in tokens:
            token = match.group()
            if token.isalpha():
                words.append(token)
            elif words:
                yield words
                words = []
        if words:
            yield words

    return list(rest(re.finditer(r"[a-z]+|[.!?]", text.lower()), []))


def build_vocabulary(sentences, min_count=1):
    """Return {word: id} of the words that occur at least min_count times in all sentences.

    Ids count from 0, the most frequent word first, equally frequent ones alphabetically.
    """
    counts = Counter()
    for sentence in sentences:
        counts.update(sentence)
    words = sorted(counts)
    words.sort(key=counts.__getitem__, reverse=True)
    words = [w for w in words if not counts[w] < min_count]
    return dict(zip(words, range(len(words))))


def encode(sentences, vocabulary):
    """Return every sentence as a list of ids; words outside the vocabulary are left out.

    A sentence of which nothing is left stays as an empty list.
    """
    return [[vocabulary[w] for w in sentence if w in vocabulary] for sentence in sentences]


def one_hot(ids, size):
    """Return an array of shape (len(ids), size), row n one-hot at ids[n]."""
    return np.identity(size)[np.array(ids, dtype=int)]
