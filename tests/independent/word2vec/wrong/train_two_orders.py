"""two orders in turn

task: train
"""

# %% train
def conditional_entropy(pairs):
    together = Counter((int(centre), int(context)) for centre, context in pairs)
    alone = Counter(int(centre) for centre, _ in pairs)
    total = sum(n * np.log(n / alone[centre]) for (centre, _), n in together.items())
    return -total / len(pairs)


def train(gradients, pairs, size, d, seed, epochs=3, batch=256, learning_rate=10.0, scale=0.5):
    O = [np.random.default_rng(seed + k).permutation(len(pairs)) for k in (1, 2)]
    generator = np.random.default_rng(seed)
    W = scale * generator.normal(size=(size, d))
    U = scale * generator.normal(size=(size, d))
    steps = epochs * -(-len(pairs) // batch)
    step = 0
    for epoch in range(epochs):
        order = O[epoch % 2]
        for start in range(0, len(pairs), batch):
            rows = pairs[order[start : start + batch]]
            _, dW, dU = gradients(W, U, rows[:, 0], rows[:, 1])
            rate = learning_rate * (1 - step / steps)
            W = W - rate * dW
            U = U - rate * dU
            step += 1
    return W, U
