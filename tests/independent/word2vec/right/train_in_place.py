"""moves in place, shuffles by sorting, one generator for the start from one draw

task: train
"""

# %% train
def conditional_entropy(pairs):
    pairs = np.asarray(pairs)
    kinds, counts = np.unique(pairs, axis=0, return_counts=True)
    _, where, = np.unique(kinds[:, 0], return_inverse=True)
    alone = np.bincount(where, weights=counts)[where]
    return float((counts * np.log(alone / counts)).sum() / counts.sum())


def train(gradients, pairs, size, d, seed, epochs=3, batch=256, learning_rate=10.0, scale=0.5):
    rng = np.random.default_rng(seed)
    U, W = rng.standard_normal((2, size, d)) * scale
    P = len(pairs)
    T = epochs * int(np.ceil(P / batch))
    tau = 0
    for _ in range(epochs):
        mixed = pairs[np.argsort(rng.random(P))]
        while len(mixed):
            now, mixed = mixed[:batch], mixed[batch:]
            _, dW, dU = gradients(W, U, now[:, 0], now[:, 1])
            W -= learning_rate * (1 - tau / T) * np.asarray(dW)
            U -= learning_rate * (1 - tau / T) * np.asarray(dU)
            tau += 1
    return W, U
