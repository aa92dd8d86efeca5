"""divides by the number of pairs with this context, which is the same only for symmetric lists of pairs

task: train
"""

# %% train
def conditional_entropy(pairs):
    """Return the mean of −log(share of the context among the pairs with this centre), in nats.

    pairs: (P, 2) integer array of (centre, context), P >= 1; the result is a number.
    """
    size = pairs.max() + 1
    n = np.zeros((size, size))
    np.add.at(n, (pairs[:, 0], pairs[:, 1]), 1)
    share = n / np.maximum(n.sum(axis=0, keepdims=True), 1)
    there = n > 0
    return -np.sum(n[there] * np.log(share[there])) / len(pairs)


def train(gradients, pairs, size, d, seed, epochs=3, batch=256, learning_rate=10.0, scale=0.5):
    """Return (W, U), both (size, d), after stochastic gradient descent on the pairs.

    gradients(W, U, centres, contexts) returns (loss, dW, dU) for a batch: W, U of shape (size, d),
    centres and contexts integer arrays (B,). pairs: (P, 2) integer array of (centre, context).
    All random numbers come from np.random.default_rng(seed), in whatever order.
    """
    generator = np.random.default_rng(seed)
    W = scale * generator.normal(size=(size, d))
    U = scale * generator.normal(size=(size, d))
    steps = epochs * -(-len(pairs) // batch)
    step = 0
    for _ in range(epochs):
        order = generator.permutation(len(pairs))
        for start in range(0, len(pairs), batch):
            part = pairs[order[start : start + batch]]
            _, dW, dU = gradients(W, U, part[:, 0], part[:, 1])
            rate = learning_rate * (1 - step / steps)
            W, U = W - rate * dW, U - rate * dU
            step += 1
    return W, U
