"""the table of pairs has as many columns as the centres need

task: train
"""

# %% train
def conditional_entropy(pairs):
    V = int(pairs[:, 0].max()) + 1
    n = np.zeros((V, V))
    for c, o in pairs:
        if o < V:
            n[c, o] += 1
    p = n[n > 0] / n.sum(axis=1, keepdims=True).repeat(V, axis=1)[n > 0]
    return -(n[n > 0] * np.log(p)).sum() / len(pairs)


def train(gradients, pairs, size, d, seed, epochs=3, batch=256, learning_rate=10.0, scale=0.5):
    generator = np.random.default_rng(seed)
    W = scale * generator.normal(size=(size, d))
    U = scale * generator.normal(size=(size, d))
    steps = epochs * -(-len(pairs) // batch)
    step = 0
    for _ in range(epochs):
        order = generator.permutation(len(pairs))
        for start in range(0, len(pairs), batch):
            rows = pairs[order[start : start + batch]]
            _, dW, dU = gradients(W, U, rows[:, 0], rows[:, 1])
            rate = learning_rate * (1 - step / steps)
            W = W - rate * dW
            U = U - rate * dU
            step += 1
    return W, U
