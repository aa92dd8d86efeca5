"""Plain Python, pair by pair and number by number, in lists."""


# %% text
def tokenize(text):
    sentences, sentence, word = [], [], ""
    for letter in text.lower() + ".":
        if "a" <= letter <= "z":
            word += letter
            continue
        if word:
            sentence.append(word)
            word = ""
        if letter in ".!?":
            if sentence:
                sentences.append(sentence)
            sentence = []
    return sentences


def build_vocabulary(sentences, min_count=1):
    counts = {}
    for sentence in sentences:
        for word in sentence:
            counts[word] = counts.get(word, 0) + 1
    # Sorting keeps the order of equals: first the alphabet, then the counts.
    words = sorted(counts)
    words.sort(key=counts.get, reverse=True)
    frequent = [word for word in words if counts[word] >= min_count]
    return dict(zip(frequent, range(len(frequent)), strict=True))


def encode(sentences, vocabulary):
    result = []
    for sentence in sentences:
        ids = []
        for word in sentence:
            if word in vocabulary:
                ids.append(vocabulary[word])
        result.append(ids)
    return result


def one_hot(ids, size):
    return [[1 if column == i else 0 for column in range(size)] for i in ids]


# %% similarity
def cosine(A, B):
    rows = []
    for a in A:
        row = []
        for b in B:
            product = sum(x * y for x, y in zip(a, b, strict=True))
            squares = sum(x * x for x in a) * sum(y * y for y in b)
            row.append(product / squares**0.5 if squares else 0.0)
        rows.append(row)
    return rows


def nearest(query, E, k, without=()):
    cosines = cosine([query], E)[0]
    rows = [row for row in range(len(E)) if row not in without]
    rows.sort(key=lambda row: cosines[row], reverse=True)
    return tuple(rows[:k])


# %% tfidf
def bag_of_words(documents, vocabulary):
    words = sorted(vocabulary, key=vocabulary.get)
    return [[document.count(word) for word in words] for document in documents]


def tfidf(counts):
    D, V = len(counts), len(counts[0])
    result = [[0.0] * V for _ in range(D)]
    for w in range(V):
        df = sum(1 for n in range(D) if counts[n][w] > 0)
        for n in range(D):
            if counts[n][w] > 0:
                result[n][w] = counts[n][w] * (np.log(D) - np.log(df))
    return result


# %% pairs
def skip_gram_pairs(sentences, window):
    pairs = []
    for words in sentences:
        for t in range(len(words)):
            for offset in range(-window, window + 1):
                if offset != 0 and 0 <= t + offset < len(words):
                    pairs.append([words[t], words[t + offset]])
    return pairs


def pair_count(T, m):
    if m >= T:
        return T * (T - 1)
    return 2 * m * T - m * (m + 1)


# %% softmax
def softmax_gradients(W, U, centres, contexts):
    loss, dW, dU = 0.0, np.zeros_like(W), np.zeros_like(U)
    for c, o in zip(centres, contexts, strict=True):
        z = [float(u @ W[c]) for u in U]
        top = max(z)
        total = sum(np.exp(score - top) for score in z)
        loss += top + np.log(total) - z[o]
        for i in range(len(U)):
            g = np.exp(z[i] - top) / total - (i == o)
            dW[c] += g * U[i]
            dU[i] += g * W[c]
    B = len(centres)
    return loss / B, dW / B, dU / B


# %% negative
def negative_gradients(W, U, centres, contexts, negatives):
    loss, dW, dU = 0.0, np.zeros_like(W), np.zeros_like(U)
    for c, o, made_up in zip(centres, contexts, negatives, strict=True):
        for i, label in [(o, 1.0)] + [(k, 0.0) for k in made_up]:
            score = U[i] @ W[c]
            loss += np.logaddexp(0, score) - label * score
            g = sigmoid(score) - label
            dW[c] += g * U[i]
            dU[i] += g * W[c]
    B = len(centres)
    return loss / B, dW / B, dU / B


# %% cbow
def cbow_gradients(W, U, contexts, centres):
    loss, dW, dU = 0.0, np.zeros_like(W), np.zeros_like(U)
    for context, o in zip(contexts, centres, strict=True):
        h = sum(W[i] for i in context) / len(context)
        z = U @ h
        top = max(z)
        p = np.exp(z - top) / np.sum(np.exp(z - top))
        loss += top + np.log(np.sum(np.exp(z - top))) - z[o]
        back = np.zeros_like(h)
        for i in range(len(U)):
            g = p[i] - (i == o)
            back += g * U[i]
            dU[i] += g * h
        for i in context:
            dW[i] += back / len(context)
    B = len(contexts)
    return [loss / B, dW / B, dU / B]
