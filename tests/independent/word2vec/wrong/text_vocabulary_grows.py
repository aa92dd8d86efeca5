"""counts are kept between calls

task: text
"""

# %% text
def build_vocabulary(sentences, min_count=1, counts=Counter()):
    for s in sentences:
        counts.update(s)
    words = [w for w in counts if counts[w] >= min_count]
    words.sort(key=lambda w: (-counts[w], w))
    return {w: i for i, w in enumerate(words)}


def tokenize(text):
    parts = re.split(r"[.!?]", text.lower())
    return [words for words in (re.findall(r"[a-z]+", part) for part in parts) if words]


def encode(sentences, vocabulary):
    return [[vocabulary[word] for word in s if word in vocabulary] for s in sentences]


def one_hot(ids, size):
    return np.eye(size)[ids]
