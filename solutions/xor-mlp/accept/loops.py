"""Loops over points and units in place of matrix products; lists and tuples, numbers typed in."""

# %% best-line
best_line = {"w": (-1, -1), "b": 1.5}


# %% readout
readout = {"v": (-3, -7.5), "c": 0.25}


# %% xor-weights
steepness = [1 / (corners["high_1"] - corners["low_1"]), 1 / (corners["high_2"] - corners["low_2"])]
start = steepness[0] * corners["low_1"] + steepness[1] * corners["low_2"]
my_xor = {
    "W1": [[steepness[0], steepness[0]], [steepness[1], steepness[1]]],
    "b1": (-start, -start - 1),
    "W2": (1, -2),
    "b2": 0,
}


# %% perceptron
def perceptron(X, y, rows):
    w, b = [0.0] * X.shape[1], 0
    mistakes = [0] * len(X)
    for n in rows:
        z = b
        for d in range(X.shape[1]):
            z += X[n, d] * w[d]
        if (z > 0) != (y[n] > 0):
            for d in range(X.shape[1]):
                w[d] += y[n] * X[n, d]
            b += y[n]
            mistakes[n] += 1
    return w, b, mistakes


# %% shallow
def forward(X, W1, b1, W2, b2, activation):
    F = np.zeros((len(X), W2.shape[1]))
    for n, x in enumerate(X):
        for k in range(W2.shape[1]):
            F[n, k] = b2[k]
            for h in range(W1.shape[1]):
                a = b1[h] + sum(x[d] * W1[d, h] for d in range(len(x)))
                F[n, k] += W2[h, k] * activate(a, activation)
    return F


def count_parameters(sizes):
    total = 0
    for layer in range(1, len(sizes)):
        total += sizes[layer - 1] * sizes[layer] + sizes[layer]
    return total


# %% activations
def active_share(X, W, b):
    shares = []
    for h in range(W.shape[1]):
        on = 0
        for x in X:
            on += float(np.dot(x, W[:, h])) + b[h] > 0
        shares.append(on / len(X))
    return shares


# %% gradients
def gradients(X, y, params, activation):
    W1, b1, W2, b2 = (params[name] for name in ("W1", "b1", "W2", "b2"))
    loss = 0.0
    grads = {name: np.zeros(np.shape(value)) for name, value in params.items()}
    for x, target in zip(X, y, strict=True):
        a = [b1[h] + x @ W1[:, h] for h in range(len(b1))]
        hidden = [float(activate(v, activation)) for v in a]
        z = float(b2) + sum(v * w for v, w in zip(hidden, W2, strict=True))
        loss += (max(z, 0) - target * z + np.log1p(np.exp(-abs(z)))) / len(X)
        back = (float(logistic(z)) - target) / len(X)
        grads["b2"] += back
        for h, v in enumerate(hidden):
            grads["W2"][h] += back * v
            signal = back * W2[h] * (1 - v * v if activation == "tanh" else float(a[h] > 0))
            grads["b1"][h] += signal
            grads["W1"][:, h] += signal * x
    return loss, grads


# %% coin-toss
def accuracy(X, y, params, activation):
    right = 0
    for x, target in zip(X, y, strict=True):
        h = activate(x @ params["W1"] + params["b1"], activation)
        z = h @ params["W2"] + params["b2"]
        if np.isnan(z):
            continue
        right += (z > 0) == (target > 0.5)
    return right / len(y)


def success_rate(train_once, X, y, activation, seeds):
    wins, runs = 0, 0
    for seed in seeds:
        runs += 1
        if accuracy(X, y, train_once(seed), activation) > 1 - 1e-9:
            wins += 1
    return wins / runs
