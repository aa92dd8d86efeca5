"""Capitals stay capitals: a word at the start of a sentence is then another word.

fails: text
says: lower case
tells: Capitals stay capitals: a word at the start of a sentence is then another word.
"""


# %% text
def tokenize(text):
    parts = re.split(r"[.!?]", text)
    return [words for words in (re.findall(r"[a-zA-Z]+", part) for part in parts) if words]


def build_vocabulary(sentences, min_count=1):
    counts = Counter(word for sentence in sentences for word in sentence)
    words = [word for word in counts if counts[word] >= min_count]
    words.sort(key=lambda word: (-counts[word], word))
    return {word: i for i, word in enumerate(words)}


def encode(sentences, vocabulary):
    return [[vocabulary[word] for word in s if word in vocabulary] for s in sentences]


def one_hot(ids, size):
    return np.eye(size)[ids]
