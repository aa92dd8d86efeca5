"""Every starting number is drawn alone by a scalar call of uniform, unit after unit, and the steps are a reduce over a range.

task: train
"""

# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    from functools import reduce

    generator = np.random.default_rng(seed)
    D = len(X[0])
    W1, b1, W2 = np.zeros((D, hidden)), np.zeros(hidden), np.zeros(hidden)
    for unit in range(hidden):
        for feature in range(D):
            W1[feature, unit] = generator.uniform(-1 / D**0.5, 1 / D**0.5)
        b1[unit] = generator.uniform(-1 / D**0.5, 1 / D**0.5)
        W2[unit] = generator.uniform(-1 / hidden**0.5, 1 / hidden**0.5)
    start = dict(W1=W1, b1=b1, W2=W2, b2=generator.uniform(-1 / hidden**0.5, 1 / hidden**0.5))

    def step(params, _):
        loss, grads = gradients(X, y, params, activation)
        return {name: np.add(old, np.multiply(-learning_rate, np.asarray(grads[name]))) for name, old in params.items()}

    return reduce(step, range(steps), start)
