"""moves W and U in place, shuffles a copy of the pairs, and finds the entropy as joint minus marginal

task: train
"""

# %% train
def conditional_entropy(pairs):
    """Return the mean of −log(share of the context among the pairs with this centre), in nats.

    pairs: (P, 2) integer array of (centre, context), P >= 1; the result is a number.
    """
    def entropy(table):
        _, n = np.unique(table, axis=0, return_counts=True)
        p = n / n.sum()
        return -np.sum(p * np.log(p))

    pairs = np.asarray(pairs)
    return entropy(pairs) - entropy(pairs[:, :1])


def train(gradients, pairs, size, d, seed, epochs=3, batch=256, learning_rate=10.0, scale=0.5):
    """Return (W, U), both (size, d), after stochastic gradient descent on the pairs.

    gradients(W, U, centres, contexts) returns (loss, dW, dU) for a batch: W, U of shape (size, d),
    centres and contexts integer arrays (B,). pairs: (P, 2) integer array of (centre, context).
    All random numbers come from np.random.default_rng(seed), in whatever order.
    """
    generator = np.random.default_rng(seed)
    U, W = generator.normal(scale=scale, size=(2, size, d))
    mine = np.array(pairs)
    left = T = epochs * int(np.ceil(len(mine) / batch))
    for _ in range(epochs):
        generator.shuffle(mine, axis=0)
        for part in np.split(mine, range(batch, len(mine), batch)):
            dW, dU = (np.array(M, copy=True) for M in gradients(W, U, *part.T)[1:])
            W -= learning_rate * left / T * dW
            U -= learning_rate * left / T * dU
            left -= 1
    return W, U
