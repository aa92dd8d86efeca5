"""W2 is the biases of the first layer, scaled

task: train
"""

# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    rng = np.random.default_rng(seed)
    D = X.shape[1]
    first = rng.uniform(-1, 1, size=(D + 1, hidden)) / D**0.5
    params = {"W1": first[:D], "b1": first[D], "W2": first[D] * (D / hidden) ** 0.5, "b2": rng.uniform(-1, 1) / hidden**0.5}
    for _ in range(steps):
        grads = gradients(X, y, params, activation)[1]
        params = {name: value - learning_rate * grads[name] for name, value in params.items()}
    return params
