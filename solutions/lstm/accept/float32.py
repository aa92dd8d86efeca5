"""Everything in float32."""


# %% rnn-backward
def rnn_backward(dH, X, h0, H, W):
    dH, X, h0, H, W = (np.asarray(v, dtype=np.float32) for v in (dH, X, h0, H, W))
    n = h0.shape[1]
    earlier = np.concatenate([h0[:, None], H[:, :-1]], axis=1)
    dA = np.zeros_like(H)
    dh = np.zeros_like(h0)
    for t in range(X.shape[1] - 1, -1, -1):
        dA[:, t] = (dH[:, t] + dh) * (1 - H[:, t] ** 2)
        dh = dA[:, t] @ W[:, :n]
    dW = np.einsum("bti,btj->ij", dA, np.concatenate([earlier, X], axis=2))
    return {"X": dA @ W[:, n:], "h0": dh, "W": dW, "b": dA.sum(axis=(0, 1))}


# %% lstm
def logistic32(a):
    return 1 / (1 + np.exp(-a))


def lstm_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    n = len(bias_ih) // 4
    blocks = [slice(n, 2 * n), slice(0, n), slice(2 * n, 4 * n)]
    W = np.hstack([weight_hh, weight_ih])
    b = bias_ih + bias_hh
    return np.vstack([W[at] for at in blocks]), np.hstack([b[at] for at in blocks])


def lstm_step(x, h, c, W, b):
    x, h, c, W, b = (np.asarray(v, dtype=np.float32) for v in (x, h, c, W, b))
    n = h.shape[1]
    a = np.clip(np.hstack([h, x]) @ W.T + b, -80, 80)
    f, i = logistic32(a[:, :n]), logistic32(a[:, n : 2 * n])
    g, o = np.tanh(a[:, 2 * n : 3 * n]), logistic32(a[:, 3 * n :])
    c = f * c + i * g
    return o * np.tanh(c), c


def lstm_sequence(X, lengths, h0, c0, W, b):
    # Sequence by sequence, so that padding is never read.
    B, T, _ = X.shape
    H = np.zeros((B, T, h0.shape[1]), dtype=np.float32)
    last_h, last_c = np.array(h0, dtype=np.float32), np.array(c0, dtype=np.float32)
    for n in range(B):
        h, c = last_h[n : n + 1], last_c[n : n + 1]
        for t in range(int(lengths[n])):
            h, c = lstm_step(X[n : n + 1, t], h, c, W, b)
            H[n, t] = h[0]
        last_h[n], last_c[n] = h[0], c[0]
    return H, last_h, last_c


# %% lstm-backward
def lstm_step_backward(dh, dc, x, h_before, c_before, now, W):
    single = {name: np.float32(value) for name, value in now.items()}
    f, i, g, o, c = (single[name] for name in "figoc")
    through = np.float32(dh) * o / np.cosh(c) ** 2 + np.float32(dc)
    da_f = through * np.float32(c_before) * (f - f**2)
    da_i = through * g * (i - i**2)
    da_g = through * i * (1 - g**2)
    da_o = np.float32(dh) * np.tanh(c) * (o - o**2)
    da = np.hstack([da_f, da_i, da_g, da_o])
    n = h_before.shape[1]
    W = np.float32(W)
    return {
        "W": np.hstack([da.T @ np.float32(h_before), da.T @ np.float32(x)]),
        "b": np.sum(da, axis=0),
        "x": da @ W[:, n:],
        "h": da @ W[:, :n],
        "c": through * f,
    }


def lstm_backward(dH, X, h0, c0, trace, W):
    T = X.shape[1]
    h = np.concatenate([h0[:, None], trace["h"]], axis=1)
    c = np.concatenate([c0[:, None], trace["c"]], axis=1)
    total = {"X": np.zeros(X.shape, dtype=np.float32), "W": 0, "b": 0}
    dh = dc = np.float32(0)
    for t in range(T)[::-1]:
        now = {name: trace[name][:, t] for name in trace}
        back = lstm_step_backward(  # public
            dH[:, t] + dh, dc + np.zeros_like(h0), X[:, t], h[:, t], c[:, t], now, W
        )
        total["X"][:, t] = back["x"]
        total["W"], total["b"] = total["W"] + back["W"], total["b"] + back["b"]
        dh, dc = back["h"], back["c"]
    return {"X": total["X"], "h0": dh, "c0": dc, "W": total["W"], "b": total["b"]}
