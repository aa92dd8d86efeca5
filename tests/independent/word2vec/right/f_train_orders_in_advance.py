"""draws the orders of all epochs by sorting random numbers before the start, and hands a generator of batches to the loop

task: train
"""

# %% train
def conditional_entropy(pairs):
    """Return the mean of −log(share of the context among the pairs with this centre), in nats.

    pairs: (P, 2) integer array of (centre, context), P >= 1; the result is a number.
    """
    import math

    followers = {}
    for c, o in pairs:
        followers.setdefault(int(c), []).append(int(o))
    terms = []
    for contexts in followers.values():
        terms += [n * math.log(len(contexts) / n) for n in Counter(contexts).values()]
    return math.fsum(terms) / len(pairs)


def train(gradients, pairs, size, d, seed, epochs=3, batch=256, learning_rate=10.0, scale=0.5):
    """Return (W, U), both (size, d), after stochastic gradient descent on the pairs.

    gradients(W, U, centres, contexts) returns (loss, dW, dU) for a batch: W, U of shape (size, d),
    centres and contexts integer arrays (B,). pairs: (P, 2) integer array of (centre, context).
    All random numbers come from np.random.default_rng(seed), in whatever order.
    """
    generator = np.random.default_rng(seed)
    orders = np.argsort(generator.random(size=(epochs, len(pairs))), axis=1)

    def batches():
        for order in orders:
            while order.size:
                now, order = order[:batch], order[batch:]
                yield pairs[now, 0], pairs[now, 1]

    every = list(batches())
    rates = np.linspace(learning_rate, 0, len(every), endpoint=False)
    W, U = (generator.standard_normal((size, d)) * scale for _ in range(2))
    for rate, (centres, contexts) in zip(rates, every):
        _, *slopes = gradients(W, U, centres, contexts)
        W, U = (M - rate * np.asarray(s) for M, s in zip((W, U), slopes))
    return W, U
