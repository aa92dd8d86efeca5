"""letter by letter, one-hot rows of torch

task: text
"""

# %% text
def tokenize(text):
    sentences, words, word = [], [], ""
    for ch in text.lower() + ".":
        if "a" <= ch <= "z":
            word += ch
            continue
        if word:
            words.append(word)
            word = ""
        if ch in ".!?" and words:
            sentences.append(words)
            words = []
    return sentences


def build_vocabulary(sentences, min_count=1):
    counts = {}
    for sentence in sentences:
        for word in sentence:
            counts[word] = counts.get(word, 0) + 1
    kept = sorted(w for w in counts if counts[w] >= min_count)
    return dict(zip(sorted(kept, key=counts.get, reverse=True), range(len(kept))))


def one_hot(ids, size):
    import torch

    return torch.nn.functional.one_hot(torch.as_tensor(np.array(ids, dtype=np.int64)), size)


def encode(sentences, vocabulary):
    return [[vocabulary[word] for word in s if word in vocabulary] for s in sentences]
