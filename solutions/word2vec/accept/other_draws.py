"""Draws in another order, samplers by the inverse distribution function; a class, a generator."""


# %% noise
def noise_distribution(counts, power=0.75):
    logs = power * np.log(np.asarray(counts, dtype=float))
    return np.exp(logs - np.log(np.sum(np.exp(logs))))


def draw_negatives(contexts, K, noise, seed):
    rng = np.random.default_rng(seed)
    rows = []
    for o in contexts:
        left = np.array(noise, dtype=float)
        left[o] = 0
        limits = np.cumsum(left) / left.sum()
        rows.append(np.searchsorted(limits, rng.random(K), side="right").tolist())
    return rows


# %% subsample
def keep_probability(counts, threshold):
    total = sum(counts)
    return [min(1.0, (threshold * total / count) ** 0.5) for count in counts]


def subsample(sentences, keep, seed):
    rng = np.random.default_rng(seed)
    left = []
    for sentence in reversed(sentences):
        ids = np.array(sentence, dtype=int)
        left.append(ids[rng.binomial(1, np.asarray(keep)[ids]) == 1].tolist())
    return left[::-1]


# %% train
def conditional_entropy(pairs):
    total = 0.0
    for centre in set(pairs[:, 0].tolist()):
        contexts = pairs[pairs[:, 0] == centre, 1]
        shares = np.bincount(contexts) / len(contexts)
        shares = shares[shares > 0]
        total -= len(contexts) * np.sum(shares * np.log(shares))
    return total / len(pairs)


def train(gradients, pairs, size, d, seed, epochs=3, batch=256, learning_rate=10.0, scale=0.5):
    rng = np.random.default_rng(seed)
    U = rng.standard_normal((size, d)) * scale
    W = rng.standard_normal((size, d)) * scale
    in_epoch = int(np.ceil(len(pairs) / batch))
    rates = np.linspace(learning_rate, 0, epochs * in_epoch, endpoint=False)
    for epoch in range(epochs):
        order = np.argsort(rng.random(len(pairs)))
        for k in range(in_epoch):
            rows = np.array(pairs)[order[k * batch : (k + 1) * batch]].T
            loss, dW, dU = gradients(W.copy(), U.copy(), *rows)
            W -= rates[epoch * in_epoch + k] * np.asarray(dW)
            U -= rates[epoch * in_epoch + k] * np.asarray(dU)
    return [W, U]


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
