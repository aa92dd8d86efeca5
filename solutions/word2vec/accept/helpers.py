"""One softmax for two tasks, classes and generators as helpers."""


# %% softmax
def log_softmax(Z):
    Z = Z - np.max(Z, axis=-1, keepdims=True)
    return Z - np.log(np.sum(np.exp(Z), axis=-1, keepdims=True))


def add_rows(shape, ids, rows):
    total = np.zeros(shape)
    for i, row in zip(ids, rows, strict=True):
        total[i] += row
    return total


def softmax_gradients(W, U, centres, contexts):
    log_p = log_softmax(W[centres] @ U.T)
    target = np.eye(len(U))[contexts]
    G = (np.exp(log_p) - target) / len(centres)
    return (
        -(target * log_p).sum() / len(centres),
        add_rows(W.shape, centres, G @ U),
        G.T @ W[centres],
    )


# %% cbow
def cbow_gradients(W, U, contexts, centres):
    def log_softmax(Z):
        return Z - Z.max() - np.log(np.exp(Z - Z.max()).sum())

    def one(context, centre):
        share = np.bincount(context, minlength=len(W)) / len(context)
        log_p = log_softmax(U @ (share @ W))
        g = np.exp(log_p) - (np.arange(len(U)) == centre)
        return -log_p[centre], np.outer(share, g @ U), np.outer(g, share @ W)

    parts = [one(*example) for example in zip(contexts, centres, strict=True)]
    return tuple(sum(part) / len(parts) for part in zip(*parts, strict=True))


# %% pairs
class Window:
    def __init__(self, words, m):
        self.words, self.m = words, m

    def around(self, t):
        yield from self.words[max(0, t - self.m) : t]
        yield from self.words[t + 1 : t + 1 + self.m]


def skip_gram_pairs(sentences, window):
    found = []
    for words in sentences:
        view = Window(list(words), window)
        for t, word in enumerate(words):
            found += [(word, other) for other in view.around(t)]
    return found


def pair_count(T, m):
    return sum([2 * T * min(m, T - 1), -min(m, T - 1) * (min(m, T - 1) + 1)])
