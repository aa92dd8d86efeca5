"""makes whole batches and then the rest, but forgets the rest in the last epoch (it carries over into the next)

task: train
"""

# %% train
def conditional_entropy(pairs):
    """Return the mean of −log(share of the context among the pairs with this centre), in nats.

    pairs: (P, 2) integer array of (centre, context), P >= 1; the result is a number.
    """
    pairs = [tuple(pair) for pair in np.asarray(pairs).tolist()]
    both = Counter(pairs)
    centre = Counter(c for c, _ in pairs)
    return -sum(n * np.log(n / centre[c]) for (c, _), n in both.items()) / len(pairs)


def train(gradients, pairs, size, d, seed, epochs=3, batch=256, learning_rate=10.0, scale=0.5):
    """Return (W, U), both (size, d), after stochastic gradient descent on the pairs.

    gradients(W, U, centres, contexts) returns (loss, dW, dU) for a batch: W, U of shape (size, d),
    centres and contexts integer arrays (B,). pairs: (P, 2) integer array of (centre, context).
    All random numbers come from np.random.default_rng(seed), in whatever order.
    """
    generator = np.random.default_rng(seed)
    W = scale * generator.standard_normal((size, d))
    U = scale * generator.standard_normal((size, d))
    per_epoch = -(-len(pairs) // batch)
    T, step = epochs * per_epoch, 0
    queue = np.zeros(0, dtype=int)
    for epoch in range(epochs):
        queue = np.concatenate([queue, generator.permutation(len(pairs))])
        while len(queue) >= batch or (epoch == epochs - 1 and len(queue)):
            rows, queue = pairs[queue[:batch]], queue[batch:]
            _, dW, dU = gradients(W, U, rows[:, 0], rows[:, 1])
            rate = learning_rate * (1 - step / T)
            W = W - rate * dW
            U = U - rate * dU
            step += 1
    return W, U
