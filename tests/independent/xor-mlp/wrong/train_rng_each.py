"""a new generator with the same seed for every parameter: they begin with the same numbers

task: train
"""

# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    def start(size, fan):
        bound = 1 / np.sqrt(fan)
        return np.random.default_rng(seed).uniform(-bound, bound, size=size)

    D = X.shape[1]
    params = {"W1": start((D, hidden), D), "b1": start(hidden, D), "W2": start(hidden, hidden), "b2": start(None, hidden)}
    for _ in range(steps):
        _, grads = gradients(X, y, params, activation)
        params = {name: params[name] - learning_rate * grads[name] for name in params}
    return params
