"""Rows are taken and added by products with one-hot matrices; counting by np.unique."""


# %% text
def tokenize(text):
    only_ends = re.sub(r"[!?]", ".", text.lower())
    letters = re.sub(r"[^a-z.]+", " ", only_ends)
    return [part.split() for part in letters.split(".") if part.strip()]


def build_vocabulary(sentences, min_count=1):
    words, counts = np.unique([w for s in sentences for w in s], return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return {str(words[i]): n for n, i in enumerate(order) if counts[i] >= min_count}


def encode(sentences, vocabulary):
    ids = [[vocabulary.get(word) for word in sentence] for sentence in sentences]
    return [[i for i in sentence if i is not None] for sentence in ids]


def one_hot(ids, size):
    return (np.asarray(ids)[:, None] == np.arange(size)).astype(int)


# %% softmax
def softmax_gradients(W, U, centres, contexts):
    C, T = np.eye(len(W))[centres], np.eye(len(U))[contexts]
    V = C @ W
    Z = V @ U.T
    top = Z.max(axis=1, keepdims=True)
    log_sum = top + np.log(np.exp(Z - top).sum(axis=1, keepdims=True))
    G = (np.exp(Z - log_sum) - T) / len(C)
    return np.mean(log_sum[:, 0] - np.sum(T * Z, axis=1)), C.T @ G @ U, G.T @ V


# %% negative
def negative_gradients(W, U, centres, contexts, negatives):
    C, T = np.eye(len(W))[centres], np.eye(len(U))[contexts]
    N = np.eye(len(U))[negatives].sum(axis=1)
    V = C @ W
    Z = V @ U.T
    G = (T * (sigmoid(Z) - 1) + N * sigmoid(Z)) / len(C)
    loss = np.sum(T * np.logaddexp(0, -Z) + N * np.logaddexp(0, Z)) / len(C)
    return loss, C.T @ (G @ U), G.T @ V


# %% cbow
def cbow_gradients(W, U, contexts, centres):
    A = np.stack([np.bincount(c, minlength=len(W)) / len(c) for c in contexts])
    T = np.eye(len(U))[centres]
    H = A @ W
    Z = H @ U.T
    top = Z.max(axis=1, keepdims=True)
    log_p = Z - top - np.log(np.exp(Z - top).sum(axis=1, keepdims=True))
    G = (np.exp(log_p) - T) / len(A)
    return -np.sum(T * log_p) / len(A), A.T @ (G @ U), G.T @ H


# %% train
def conditional_entropy(pairs):
    def entropy(rows):
        counts = np.unique(rows, axis=0, return_counts=True)[1]
        return -np.sum(counts / len(rows) * np.log(counts / len(rows)))

    # H(context | centre) = H(centre, context) - H(centre)
    return entropy(pairs) - entropy(pairs[:, :1])


def train(gradients, pairs, size, d, seed, epochs=3, batch=256, learning_rate=10.0, scale=0.5):
    rng = np.random.default_rng(seed)
    both = rng.normal(scale=scale, size=(2, size, d))
    batches = [
        s for s in np.split(np.arange(len(pairs)), range(batch, len(pairs), batch)) if len(s)
    ]
    total = epochs * len(batches)
    for step in range(total):
        if step % len(batches) == 0:
            shuffled = rng.permutation(pairs)
        rows = shuffled[batches[step % len(batches)]]
        _, *slopes = gradients(both[0], both[1], rows[:, 0].copy(), rows[:, 1].copy())
        both = both - learning_rate * (total - step) / total * np.stack(slopes)
    return both[0], both[1]
