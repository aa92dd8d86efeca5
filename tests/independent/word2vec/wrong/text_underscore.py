"""an underscore does not separate words

task: text
"""

# %% text
def tokenize(text):
    sentences = []
    for part in re.split(r"[.!?]", text.lower()):
        words = [w.replace("_", "") for w in re.findall(r"[a-z_]+", part)]
        words = [w for w in words if w]
        if words:
            sentences.append(words)
    return sentences


def build_vocabulary(sentences, min_count=1):
    counts = Counter(word for sentence in sentences for word in sentence)
    words = [word for word in counts if counts[word] >= min_count]
    words.sort(key=lambda word: (-counts[word], word))
    return {word: i for i, word in enumerate(words)}


def encode(sentences, vocabulary):
    return [[vocabulary[word] for word in s if word in vocabulary] for s in sentences]


def one_hot(ids, size):
    return np.eye(size)[ids]
