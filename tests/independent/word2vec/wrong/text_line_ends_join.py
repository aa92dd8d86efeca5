"""hyphens at line ends join

task: text
"""

# %% text
def tokenize(text):
    text = text.replace('-\n', '')
    parts = re.split(r"[.!?]", text.lower())
    return [words for words in (re.findall(r"[a-z]+", part) for part in parts) if words]


def build_vocabulary(sentences, min_count=1):
    counts = Counter(word for sentence in sentences for word in sentence)
    words = [word for word in counts if counts[word] >= min_count]
    words.sort(key=lambda word: (-counts[word], word))
    return {word: i for i, word in enumerate(words)}


def encode(sentences, vocabulary):
    return [[vocabulary[word] for word in s if word in vocabulary] for s in sentences]


def one_hot(ids, size):
    return np.eye(size)[ids]
