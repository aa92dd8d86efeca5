"""Loops over samples and units in place of matrix products."""


# %% logistic-derivative
def logistic_prime(z):
    flat = [1 / (2 + np.exp(v) + np.exp(-v)) if abs(v) < 300 else 0.0 for v in np.ravel(z)]
    return np.reshape(flat, np.shape(z))


# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    N, D = X.shape
    H, K = W2.shape
    dW1, db1, dW2, db2 = (np.zeros(p.shape) for p in (W1, b1, W2, b2))
    for n in range(N):
        h = [logistic(b1[j] + sum(X[n, d] * W1[d, j] for d in range(D))) for j in range(H)]
        delta = [b2[k] + sum(h[j] * W2[j, k] for j in range(H)) - Y[n, k] for k in range(K)]
        for j in range(H):
            s = h[j] * (1 - h[j]) * sum(W2[j, k] * delta[k] for k in range(K))
            db1[j] += s / N
            for d in range(D):
                dW1[d, j] += s * X[n, d] / N
            for k in range(K):
                dW2[j, k] += h[j] * delta[k] / N
        for k in range(K):
            db2[k] += delta[k] / N
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


# %% output-layers
def squared_error_delta(a, y):
    return [(f - t) * f * (1 - f) for f, t in zip(logistic(a), y, strict=True)]


def cross_entropy_delta(a, y):
    return [f - t for f, t in zip(logistic(a), y, strict=True)]


def softmax_jacobian(z):
    top = max(z)
    total = sum(np.exp(v - top) for v in z)
    p = [np.exp(v - top) / total for v in z]
    return [[p[i] * ((i == j) - p[j]) for j in range(len(p))] for i in range(len(p))]


def softmax_cross_entropy(Z, Y):
    loss, rows = 0.0, []
    for z, y in zip(Z, Y, strict=True):
        log_total = max(z) + np.log(sum(np.exp(v - max(z)) for v in z))
        loss += sum(t * (log_total - v) for t, v in zip(y, z, strict=True)) / len(Z)
        rows.append([(np.exp(v - log_total) - t) / len(Z) for t, v in zip(y, z, strict=True)])
    return loss, rows


# %% mlp
def mlp_forward(X, weights, biases, activation):
    all_A = [[] for _ in weights]
    all_H = [[] for _ in weights]
    for x in X:
        h = x
        for layer in range(len(weights)):
            all_H[layer].append(h)
            a = np.array([h @ column for column in weights[layer].T]) + biases[layer]
            all_A[layer].append(a)
            h = activate(a, activation)
    return [np.array(A) for A in all_A], [np.array(H) for H in all_H]


def mlp_backward(X, Y, weights, biases, activation):
    A, H = mlp_forward(X, weights, biases, activation)
    N, depth, loss = len(X), len(weights), 0.0
    dW, db = [np.zeros(W.shape) for W in weights], [np.zeros(b.shape) for b in biases]
    for n in range(N):
        z = A[-1][n] - A[-1][n].max()
        log_p = z - np.log(np.sum(np.exp(z)))
        loss -= Y[n] @ log_p / N
        delta = np.exp(log_p) - Y[n]
        for layer in range(depth - 1, -1, -1):
            dW[layer] += np.outer(H[layer][n], delta) / N
            db[layer] += delta / N
            if layer == 0:
                break
            back = weights[layer] @ delta
            h = H[layer][n]
            if activation == "logistic":
                delta = back * h * (1 - h)
            elif activation == "tanh":
                delta = back * (1 - h * h)
            else:
                delta = np.where(A[layer - 1][n] >= 0, back, 0)
    return loss, dW, db


# %% skip-connection
def skip_gradients(x, y, w0, w1, w2):
    g0 = g1 = g2 = 0.0
    for x_n, y_n in zip(x, y, strict=True):
        h1 = logistic(w0 * x_n)
        value = logistic(w1 * h1)
        residual = w2 * (value + h1) - y_n
        g2 += 2 * residual * (value + h1) / len(x)
        g1 += 2 * residual * w2 * value * (1 - value) * h1 / len(x)
        inner = w1 * value * (1 - value) + 1
        g0 += 2 * residual * w2 * inner * h1 * (1 - h1) * x_n / len(x)
    return {"w0": g0, "w1": g1, "w2": g2}
