"""goes through the text letter by letter, sorts ties by a stable sort of a sorted list, compares ids with arange

task: text
"""

# %% text
def tokenize(text: str) -> list[list[str]]:
    """Return the sentences of a text in order, each a list of its words in lower case.

    Sentences end at . ! or ?; words are runs of the letters a to z. No sentence is empty.
    """
    sentences: list[list[str]] = [[]]
    word: list[str] = []
    for ch in [*text.lower(), "."]:
        if "a" <= ch <= "z":
            word.append(ch)
            continue
        if word:
            sentences[-1].append("".join(word))
            word = []
        if ch in {".", "!", "?"}:
            sentences.append([])
    return list(filter(None, sentences))


def build_vocabulary(sentences, min_count=1):
    """Return {word: id} of the words that occur at least min_count times in all sentences.

    Ids count from 0, the most frequent word first, equally frequent ones alphabetically.
    """
    # most_common keeps the order of equal counts, and that is the alphabet here.
    ordered = Counter(sorted(sum((list(s) for s in sentences), []))).most_common()
    return {word: i for i, (word, n) in enumerate(ordered) if n >= min_count}


def encode(sentences, vocabulary):
    """Return every sentence as a list of ids; words outside the vocabulary are left out.

    A sentence of which nothing is left stays as an empty list.
    """
    known = vocabulary.__contains__
    return [list(map(vocabulary.__getitem__, filter(known, sentence))) for sentence in sentences]


def one_hot(ids, size):
    """Return an array of shape (len(ids), size), row n one-hot at ids[n]."""
    ids = np.asarray(ids, dtype=np.int64).reshape(-1)
    return (ids[:, None] == np.arange(size)).astype(np.float64)
