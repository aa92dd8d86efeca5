"""Each step asks for the loss again after it, to keep a curve: gradients is called twice in each step and not once.

task: train
"""

# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    rng = np.random.default_rng(seed)
    D = X.shape[1]
    params = {
        "W1": rng.uniform(-1, 1, size=(D, hidden)) / np.sqrt(D),
        "b1": rng.uniform(-1, 1, size=hidden) / np.sqrt(D),
        "W2": rng.uniform(-1, 1, size=hidden) / np.sqrt(hidden),
        "b2": rng.uniform(-1, 1) / np.sqrt(hidden),
    }
    losses = []
    for _ in range(steps):
        grads = gradients(X, y, params, activation)[1]
        params = {name: params[name] - learning_rate * np.asarray(grads[name]) for name in params}
        losses.append(float(gradients(X, y, params, activation)[0]))
    train.losses = losses
    return params
