"""All parameters are one flat vector drawn at once with bounds entry by entry, and cut into a fresh dictionary for every call.

task: train
"""

# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    D, H = np.shape(X)[1], hidden
    bound = np.concatenate([np.full(D * H + H, D**-0.5), np.full(H + 1, H**-0.5)])
    theta = np.random.default_rng(seed).uniform(-bound, bound)

    def unpack(vector):
        W1, b1, W2, b2 = np.split(vector.copy(), [D * H, D * H + H, D * H + 2 * H])
        return {"W1": W1.reshape(D, H), "b1": b1, "W2": W2, "b2": float(b2[0])}

    for _ in range(steps):
        grads = gradients(X, y, unpack(theta), activation)[1]
        step = [np.ravel(np.asarray(grads[name])) for name in ("W1", "b1", "W2", "b2")]
        theta = theta - learning_rate * np.concatenate(step)
    return unpack(theta)
