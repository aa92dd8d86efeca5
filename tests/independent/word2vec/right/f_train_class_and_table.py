"""keeps the state of the training in a class with __call__, and takes the entropy from a table with torch's xlogy

task: train
"""

# %% train
def conditional_entropy(pairs):
    """Return the mean of −log(share of the context among the pairs with this centre), in nats.

    pairs: (P, 2) integer array of (centre, context), P >= 1; the result is a number.
    """
    import torch

    xlogy = torch.special.xlogy
    table = np.zeros(np.max(pairs, axis=0) + 1)
    np.add.at(table, tuple(np.transpose(pairs)), 1)
    n = torch.from_numpy(table)
    total = n.sum(axis=1)
    return float((xlogy(total, total).sum() - xlogy(n, n).sum()) / n.sum())


class Descent:
    """W and U on their way down, with a rate that falls from step to step."""

    def __init__(self, start, rate, steps):
        self.matrices, self.rate, self.steps, self.done = start, rate, steps, 0

    def __call__(self, gradients, centres, contexts):
        assert centres.shape == contexts.shape and self.done < self.steps
        _, dW, dU = gradients(*self.matrices, centres, contexts)
        rate = self.rate * (self.steps - self.done) / self.steps
        self.matrices = tuple(M - rate * G for M, G in zip(self.matrices, (dW, dU), strict=True))
        self.done += 1


def train(gradients, pairs, size, d, seed, epochs=3, batch=256, learning_rate=10.0, scale=0.5):
    """Return (W, U), both (size, d), after stochastic gradient descent on the pairs.

    gradients(W, U, centres, contexts) returns (loss, dW, dU) for a batch: W, U of shape (size, d),
    centres and contexts integer arrays (B,). pairs: (P, 2) integer array of (centre, context).
    All random numbers come from np.random.default_rng(seed), in whatever order.
    """
    generator = np.random.default_rng(seed)
    start = tuple(scale * generator.normal(size=(size, d)) for _ in "WU")
    P = len(pairs)
    whole, rest = divmod(P, batch)
    step = Descent(start, learning_rate, epochs * (whole + (rest > 0)))
    for _ in range(epochs):
        centres, contexts = generator.permutation(pairs, axis=0).T.copy()
        for start in range(0, P, batch):
            chosen = slice(start, min(start + batch, P))
            step(gradients, centres[chosen], contexts[chosen])
    return step.matrices
