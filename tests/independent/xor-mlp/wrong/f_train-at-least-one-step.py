"""The loop asks at its end if it is done: with steps = 0 one step is made.

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
    done = 0
    while True:
        _, grads = gradients(X, y, params, activation)
        params = {name: params[name] - learning_rate * np.asarray(grads[name]) for name in params}
        done += 1
        if done >= steps:
            return params
