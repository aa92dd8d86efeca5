"""Unit by unit and row by row, in lists; own numbers rounded, whole ones as floats."""


# %% rnn
def rnn_step(x, h, W, b):
    rows = []
    for inputs, state in zip(x, h, strict=True):
        known = list(state) + list(inputs)
        sums = [sum(w * k for w, k in zip(row, known, strict=True)) for row in W]
        rows.append([float(np.tanh(a + bias)) for a, bias in zip(sums, b, strict=True)])
    return rows


def rnn_sequence(X, h0, W, b):
    result = []
    for sequence, h in zip(X, h0, strict=True):
        states = [h]
        for x in sequence:
            states.append(rnn_step([x], [states[-1]], W, b)[0])
        result.append([list(state) for state in states[1:]])
    return result


def split_matrix(W):
    n = len(W)
    return [list(row[:n]) for row in W], [list(row[n:]) for row in W]


def rnn_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    W = [list(hh) + list(ih) for ih, hh in zip(weight_ih, weight_hh, strict=True)]
    return W, [p + q for p, q in zip(bias_ih, bias_hh, strict=True)]


# %% linear-bptt
def state_gradients(dO, W_hh, W_qh):
    T = len(dO)
    rows = []
    for t in range(1, T + 1):
        row = 0
        for i in range(t, T + 1):
            power = np.linalg.matrix_power(W_hh.T, T - i)
            row = row + power @ W_qh.T @ dO[T + t - i - 1]
        rows.append(list(row))
    return rows


# %% causal-conv
def causal_conv(X, W, b, dilation=1):
    B, T, _ = X.shape
    Y = [[list(b) for _ in range(T)] for _ in range(B)]
    for n in range(B):
        for t in range(T):
            for j in range(len(W)):
                if t - j * dilation >= 0:
                    step = W[j] @ X[n, t - j * dilation]
                    Y[n][t] = [y + float(s) for y, s in zip(Y[n][t], step, strict=True)]
    return Y


def receptive_field(kernel, dilations):
    field = 1
    for dilation in dilations:
        field += (kernel - 1) * dilation
    return field


# %% gru
def gru_step(x, h, W, b):
    n = len(b) // 3
    new = []
    for inputs, state in zip(x, h, strict=True):
        known = np.array([*state, *inputs])
        z = [1 / (1 + np.exp(-(W[u] @ known + b[u]))) for u in range(n)]
        r = [1 / (1 + np.exp(-(W[n + u] @ known + b[n + u]))) for u in range(n)]
        part = np.array([*(gate * s for gate, s in zip(r, state, strict=True)), *inputs])
        c = [np.tanh(W[2 * n + u] @ part + b[2 * n + u]) for u in range(n)]
        new.append([s + gate * (k - s) for s, gate, k in zip(state, z, c, strict=True)])
    return new


def gru_step_as_in_torch(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    n = len(bias_ih) // 3
    new = []
    for inputs, state in zip(x, h, strict=True):
        a, s = weight_ih @ inputs + bias_ih, weight_hh @ state + bias_hh
        r, z = (1 / (1 + np.exp(-(a[k : k + n] + s[k : k + n]))) for k in (0, n))
        c = np.tanh(a[2 * n :] + r * s[2 * n :])
        new.append(c + z * (state - c))
    return new


# %% own-counts
d_x, d_h = my_sizes["d_x"], my_sizes["d_h"]
lstm = 4.0 * d_h * (d_h + d_x + 1)
my_counts = {"lstm": lstm, "torch": lstm + 4 * d_h, "hidden": 1}
while 3 * my_counts["hidden"] * (my_counts["hidden"] + d_x + 2) < my_sizes["gru"]:
    my_counts["hidden"] += 1


# %% own-powers
norms = [float(np.linalg.norm(np.linalg.matrix_power(my_matrix, k), 2)) for k in range(1, 100)]
my_powers = {"peak": float(f"{max(norms):.4g}")}
my_powers["below"] = float(max(k + 1 for k, norm in enumerate(norms) if norm >= 1) + 1)
