"""A loop over the points that adds up outer products, slopes by cases, every number a Python float until the end.

task: train
"""

# %% gradients
def gradients(X, y, params, activation):
    W1, b1, W2 = (np.asarray(params[name], dtype=float) for name in ("W1", "b1", "W2"))
    loss, sums = 0.0, {"b2": 0.0, "W2": np.zeros_like(W2), "b1": np.zeros_like(b1), "W1": np.zeros_like(W1)}
    for x, label in zip(X, y):
        a = x @ W1 + b1
        h = np.tanh(a) if activation == "tanh" else a * (a > 0)
        z = float(h @ W2 + params["b2"])
        # log(1 + e^z) - label z in two safe halves
        loss += max(z, 0.0) - label * z + float(np.log1p(np.exp(-abs(z))))
        signal = float(logistic(z)) - label
        back = signal * W2 * ((1 - h) * (1 + h) if activation == "tanh" else np.heaviside(a, 1.0))
        sums["b2"] += signal
        sums["W2"] += signal * h
        sums["b1"] += back
        sums["W1"] += np.multiply.outer(x, back)
    return loss / len(y), {name: total / len(y) for name, total in sums.items()}
