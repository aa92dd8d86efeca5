"""The same by other formulas."""


# %% perceptron
def perceptron(X, y, rows):
    X1 = np.hstack([np.ones((len(X), 1)), X])
    theta, mistakes = np.zeros(X1.shape[1]), np.zeros(len(X), dtype=int)
    for n in rows:
        wrong = np.heaviside(X1[n] @ theta, 0) != (y[n] + 1) / 2
        theta = theta + wrong * y[n] * X1[n]
        mistakes[n] += wrong
    return theta[1:], theta[0], mistakes


# %% best-line
best_line = {"w": np.array([-3.0, -3.0]), "b": 4.0}


# %% certificate-lines
certificate_lines = {"class_one": "(w1 + b) + (b + w2)", "class_zero": "b + (w1 + w2 + b)"}


# %% own-certificate
first, second = points[labels == 1], points[labels == -1]
meeting = np.column_stack([first[1] - first[0], second[0] - second[1]])
s, t = np.linalg.solve(meeting, second[0] - first[0])
my_certificate = [0.0] * 4
for place, share in zip(np.flatnonzero(labels == 1), (1 - s, s), strict=True):
    my_certificate[place] = share / 2
for place, share in zip(np.flatnonzero(labels == -1), (1 - t, t), strict=True):
    my_certificate[place] = share / 2


# %% certificate
def certificate(X, y):
    A = np.vstack([y * X.T, y])
    # Cramer's rule: the minors of the matrix with alternating signs.
    minors = [(-1) ** n * np.linalg.det(np.delete(A, n, axis=1)) for n in range(4)]
    if not (all(m > 0 for m in minors) or all(m < 0 for m in minors)):
        return None
    return [m / sum(minors) for m in minors]


# %% readout
readout = {"v": np.array([-2.0, -2.0]), "c": 1.0}


# %% xor-weights
u1, u2 = corners["high_1"] - corners["low_1"], corners["high_2"] - corners["low_2"]
W1 = np.array([[1 / u1, 1 / u1, 1 / u1], [1 / u2, 1 / u2, 1 / u2]])
shift = corners["low_1"] / u1 + corners["low_2"] / u2
my_xor = {"W1": W1, "b1": [-shift, -shift - 1, 5.0 - shift], "W2": [1.0, -2.0, 0.0], "b2": 0}


# %% activation-lines
activation_lines = {
    "dr_dz": "relu(z)/z",
    "dk_dz": "c + (1 - c)*step(z)",
    "dp_dz": "1 - (1 - s)",
    "dt_dz": "1 - (2*q - 1)**2",
    "dl_dw": "0*w",
}


# %% activations
def active_share(X, W, b):
    return np.count_nonzero(np.maximum(X @ W + b, 0), axis=0) / len(X)


# %% compose
def collapse(weights, biases):
    if len(weights) == 1:
        return weights[0], biases[0]
    W, b = collapse(weights[1:], biases[1:])
    return weights[0] @ W, biases[0] @ W + b


def merge(phi0, phi, theta0, theta1):
    return np.polyval([phi0, 0], theta1) + theta0, phi.reshape(-1, 1) @ theta1.reshape(1, -1)


# %% regions
def linear_pieces(theta0, theta1, phi):
    changes = {}
    left = 0.0
    for a, b, f in zip(theta0, theta1, phi, strict=True):
        left += min(b, 0) * f
        if b == 0:
            continue
        x = -a / b
        same = [known for known in changes if abs(known - x) < 1e-9]
        changes[same[0] if same else x] = changes.get(same[0] if same else x, 0.0) + f * abs(b)
    joints = sorted(x for x, change in changes.items() if abs(change) > 1e-9)
    slopes = [left]
    for x in joints:
        slopes.append(slopes[-1] + changes[x])
    return joints, slopes


# %% approximation
def fit_relu(x, y, knots):
    A = np.ones((len(x), len(knots) + 1))
    for d, knot in enumerate(knots):
        A[:, d + 1] = np.where(x > knot, x - knot, 0)
    return np.linalg.pinv(A) @ y


# %% gradients
def gradients(X, y, params, activation):
    A = X @ params["W1"] + params["b1"]
    H = np.tanh(A) if activation == "tanh" else A * (A >= 0)
    z = H @ params["W2"] + params["b2"]
    loss = float(np.sum(y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z))) / y.size
    back = (logistic(z) - y)[:, np.newaxis] / y.size
    slope = np.cosh(np.clip(A, -300, 300)) ** -2.0 if activation == "tanh" else (A >= 0)
    signal = back @ params["W2"][np.newaxis] * slope
    grads = {"b2": back.sum(), "W2": np.einsum("nh,nk->h", H, back)}
    grads["b1"] = np.ones(len(X)) @ signal
    grads["W1"] = np.einsum("nd,nh->dh", X, signal)
    return loss, grads


# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    rng = np.random.default_rng(seed)
    D = X.shape[1]
    b2, W2 = (2 * rng.random() - 1) / hidden**0.5, (2 * rng.random(hidden) - 1) / hidden**0.5
    both = (2 * rng.random((D + 1, hidden)) - 1) / D**0.5
    params = {"b2": b2, "W2": W2, "b1": both[D], "W1": both[:D]}
    step = 0
    while step < steps:
        slopes = gradients(X, y, params, activation)[1]
        for name, way in slopes.items():
            params[name] -= learning_rate * np.asarray(way)  # W1 and b1 are views of one array
        step += 1
    return params


# %% coin-toss
def accuracy(X, y, params, activation):
    z = activate(X @ params["W1"] + params["b1"], activation) @ params["W2"] + params["b2"]
    return float(np.sum((2 * y - 1) * np.where(z > 0, 1.0, np.where(z <= 0, -1.0, 0.0)) > 0)) / len(
        y
    )


def success_rate(train_once, X, y, activation, seeds):
    networks = [train_once(seed) for seed in seeds]
    return sum(accuracy(X, y, net, activation) == 1.0 for net in networks) / len(networks)
