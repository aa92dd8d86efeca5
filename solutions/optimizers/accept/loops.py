"""Entry by entry, in loops and lists, without array operations."""


# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    points = [np.array(start, dtype=float)]
    while len(points) <= max_steps:
        g = np.asarray(gradient(points[-1]), dtype=float)
        if sum(float(v) ** 2 for v in g.flat) ** 0.5 <= tolerance:
            return points
        points.append(points[-1] - learning_rate * g)
    return points


# %% regression
def squared_gradient(X, y, w):
    total = [0.0] * len(w)
    for row, target in zip(X, y, strict=True):
        residual = sum(a * b for a, b in zip(row, w, strict=True)) - target
        total = [t + residual * a for t, a in zip(total, row, strict=True)]
    return [t / len(X) for t in total]


def logistic_gradient(X, y, w):
    total = [0.0] * len(w)
    for row, target in zip(X, y, strict=True):
        f = float(sum(a * b for a, b in zip(row, w, strict=True)))
        total = [t + (float(logistic(f)) - target) * a for t, a in zip(total, row, strict=True)]
    return [t / len(X) for t in total]


def least_squares(X, y):
    return list(np.linalg.pinv(X) @ y)


# %% own-steps
my_weights = {"w1": None, "w2": None}
weights = [0.0]
for _ in range(2):
    total = 0.0
    for x_n, y_n in zip(my_data["x"], my_data["y"], strict=True):
        total += (1 / (1 + np.exp(-weights[-1] * x_n)) - y_n) * x_n
    weights.append(weights[-1] - my_data["eta"] * total / 3)
my_weights = {"w1": float(f"{weights[1]:.4g}"), "w2": float(f"{weights[2]:.4g}")}


# %% minibatches
def updates_per_epoch(N, batch_size):
    count = 0
    while N > 0:
        count, N = count + 1, N - batch_size
    return count


def minibatches(N, batch_size, epochs, seed):
    rng = np.random.default_rng(seed)
    result = []
    for _ in range(epochs):
        left, epoch = list(range(N)), []
        while left:
            batch = []
            while left and len(batch) < batch_size:
                batch.append(left.pop(int(rng.integers(len(left)))))
            epoch.append(np.array(batch))
        result.append(epoch)
    return result


def full_gradient(gradients, sizes):
    total = 0 * np.asarray(gradients[0])
    for g, n in zip(gradients, sizes, strict=True):
        total = total + n * np.asarray(g)
    return total / sum(sizes)


def sgd(gradient, X, y, start, learning_rate, batch_size, epochs, seed):
    w = [float(v) for v in start]
    for epoch in minibatches(len(X), batch_size, epochs, seed):
        for rows in epoch:
            g = gradient(X[rows], y[rows], np.array(w))
            w = [a - learning_rate * b for a, b in zip(w, g, strict=True)]
    return w


# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    new_params, new_velocity = {}, {}
    for key in params:
        v = np.zeros_like(params[key]) if velocity is None else beta * velocity[key]
        v = v + ((1 - beta) * grads[key] if average else grads[key])
        new_velocity[key] = v
        new_params[key] = params[key] - learning_rate * v
    return new_params, new_velocity


# %% normalised
def normalised_step(params, grads, learning_rate, eps):
    moved = {}
    for key in params:
        moved[key] = np.array(params[key], dtype=float)
        for index in np.ndindex(np.shape(params[key])):
            g = float(np.asarray(grads[key])[index])
            moved[key][index] -= learning_rate * g / ((g * g) ** 0.5 + eps)
    return moved


def rmsprop_step(params, grads, state, learning_rate, gamma, eps):
    squares, moved = {}, {}
    for key in params:
        before = 0 if state is None else state[key]
        squares[key] = before + (1 - gamma) * (np.square(grads[key]) - before)
        moved[key] = params[key] - learning_rate * grads[key] / (squares[key] ** 0.5 + eps)
    return moved, squares


# %% adam
def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    moved, after = {}, {}
    for key in params:
        t, m, v = (0, 0, 0) if state is None else state[key]
        t, m = t + 1, betas[0] * m + (1 - betas[0]) * grads[key]
        v = betas[1] * v + (1 - betas[1]) * grads[key] * grads[key]
        after[key] = [t, m, v]
        step = (m / (1 - betas[0] ** t)) / ((v / (1 - betas[1] ** t)) ** 0.5 + eps)
        moved[key] = params[key] - learning_rate * step
    return moved, after


# %% minimum-norm
def split(A, x):
    basis = []
    for row in A:
        for other in basis:
            row = row - (row @ other) * other
        basis.append(row / np.linalg.norm(row))
    part = sum((x @ direction) * direction for direction in basis)
    return part, x - part


def descent_limit(A, b, start):
    return list(start + A.T @ np.linalg.inv(A @ A.T) @ (b - A @ start))


# %% play
def play(step, C, rounds, start):
    gradients = ([C, -1.0, -1.0] * rounds)[:rounds]
    path, state = [start], None
    for g in gradients:
        x, state = step(path[-1], g, state)
        if x > 1:
            x = 1.0
        elif x < -1:
            x = -1.0
        path = [*path, x]
    return path
