"""The slope of relu is taken from H > 0 after the skip was added (H is positive nearly everywhere): wrong for relu with skips, right for the rest.

task: vanishing
"""

# %% vanishing
def first_layer_gradient_norm(X, Y, weights, activation, skip=False):
    values, H = [], [X]
    for l, W in enumerate(weights[:-1]):
        value = activate(H[-1] @ W, activation)
        values.append(value)
        H.append(value + H[-1] if skip and l > 0 else value)
    G = (H[-1] @ weights[-1] - Y) / len(X) @ weights[-1].T
    for l in range(len(weights) - 2, -1, -1):
        if activation == "relu":
            signal = G * (H[l + 1] > 0)
        elif activation == "tanh":
            signal = G * (1 - values[l] ** 2)
        else:
            signal = G * values[l] * (1 - values[l])
        if l == 0:
            return float(np.linalg.norm(X.T @ signal))
        G = signal @ weights[l].T + (G if skip else 0)
