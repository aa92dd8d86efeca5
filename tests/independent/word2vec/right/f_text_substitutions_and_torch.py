"""replaces everything else by spaces, groups the words by count with groupby, and lets torch make the rows

task: text
"""

# %% text
def tokenize(text):
    """Return the sentences of a text in order, each a list of its words in lower case.

    Sentences end at . ! or ?; words are runs of the letters a to z. No sentence is empty.
    """
    text = re.sub(r"[.!?]", "\n", re.sub(r"[^a-z.!?]", " ", text.lower()))
    return [line.split() for line in text.split("\n") if line.strip()]


def build_vocabulary(sentences, min_count=1):
    """Return {word: id} of the words that occur at least min_count times in all sentences.

    Ids count from 0, the most frequent word first, equally frequent ones alphabetically.
    """
    from itertools import chain, groupby

    table = {}
    for word in chain.from_iterable(sentences):
        table[word] = table.get(word, 0) + 1
    ids = {}
    falling = sorted(table, key=table.get, reverse=True)
    for count, words in groupby(falling, key=table.get):
        if count < min_count:
            break
        for word in sorted(words):
            ids[word] = len(ids)
    return ids


def encode(sentences, vocabulary):
    """Return every sentence as a list of ids; words outside the vocabulary are left out.

    A sentence of which nothing is left stays as an empty list.
    """
    missing = object()
    result = []
    for sentence in sentences:
        looked_up = (vocabulary.get(word, missing) for word in sentence)
        result.append([i for i in looked_up if i is not missing])
    return result


def one_hot(ids, size):
    """Return an array of shape (len(ids), size), row n one-hot at ids[n]."""
    import torch

    ids = torch.tensor(list(ids), dtype=torch.int64)
    return torch.zeros(len(ids), size, dtype=torch.float64).scatter_(1, ids[:, None], 1.0)
