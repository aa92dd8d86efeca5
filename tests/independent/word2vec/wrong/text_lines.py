"""a line break ends a sentence

task: text
"""

# %% text
def tokenize(text):
    parts = re.split(r"[.!?\n]", text.lower())
    return [w for w in (re.findall("[a-z]+", p) for p in parts) if w]


def build_vocabulary(sentences, min_count=1):
    counts = Counter(word for sentence in sentences for word in sentence)
    words = [word for word in counts if counts[word] >= min_count]
    words.sort(key=lambda word: (-counts[word], word))
    return {word: i for i, word in enumerate(words)}


def encode(sentences, vocabulary):
    return [[vocabulary[word] for word in s if word in vocabulary] for s in sentences]


def one_hot(ids, size):
    return np.eye(size)[ids]
