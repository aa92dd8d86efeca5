"""takes the mean of log(n_c), which is the entropy only if no pair occurs twice

task: train
"""

# %% train
def conditional_entropy(pairs):
    """Return the mean of −log(share of the context among the pairs with this centre), in nats.

    pairs: (P, 2) integer array of (centre, context), P >= 1; the result is a number.
    """
    centres = pairs[:, 0]
    number = np.bincount(centres)
    # Each pair has the share 1 / n_c among those with its centre.
    return float(np.mean(np.log(number[centres])))


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
