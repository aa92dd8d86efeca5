"""Loops over queries, keys, heads and tokens in place of matrix products; float32 in the last."""


# %% attention
def softmax(Z, axis=-1):
    result = np.empty(Z.shape)
    columns, out = np.moveaxis(Z, axis, -1), np.moveaxis(result, axis, -1)
    for where in np.ndindex(columns.shape[:-1]):
        top = max(columns[where])
        E = [np.exp(value - top) for value in columns[where]]
        out[where] = [e / sum(E) for e in E]
    return result


def attention(Q, K, V):
    if Q.ndim > 2:
        parts = [attention(*one) for one in zip(Q, K, V, strict=True)]
        return np.stack([o for o, _ in parts]), np.stack([a for _, a in parts])
    scores = np.array([[sum(q * k) / len(q) ** 0.5 for k in K] for q in Q])
    weights = softmax(scores)
    return np.array([sum(a * v for a, v in zip(row, V, strict=True)) for row in weights]), weights


# %% scaling
def score_statistics(Q, K):
    rows = [[float(q @ k) for k in keys] for q, keys in zip(Q, K, strict=True)]
    flat = [product for row in rows for product in row]
    mean = sum(flat) / len(flat)
    d = len(Q[0])

    def top(row):
        return max(np.exp(s - max(row)) for s in row) / sum(np.exp(s - max(row)) for s in row)

    return {
        "variance": sum((product - mean) ** 2 for product in flat) / len(flat),
        "top_unscaled": sum(top(row) for row in rows) / len(rows),
        "top_scaled": sum(top([s / d**0.5 for s in row]) for row in rows) / len(rows),
    }


# %% masks
def causal_mask(n):
    return [[j <= i for j in range(n)] for i in range(n)]


def padding_mask(lengths, n):
    return [[j < length for j in range(n)] for length in lengths]


def masked_attention(Q, K, V, mask):
    shape = (*Q.shape[:-1], K.shape[-2])
    allowed = np.broadcast_to(mask, shape)
    weights, output = np.zeros(shape), np.zeros((*Q.shape[:-1], V.shape[-1]))
    for where in np.ndindex(Q.shape[:-1]):
        front = where[:-1]
        seen = [m for m in range(K.shape[-2]) if allowed[where][m]]
        scores = [float(Q[where] @ K[front][m]) / Q.shape[-1] ** 0.5 for m in seen]
        odds = [np.exp(s - max(scores)) for s in scores]
        for m, e in zip(seen, odds, strict=True):
            weights[(*where, m)] = e / sum(odds)
            output[where] += e / sum(odds) * V[front][m]
    return output, weights


# %% backward
def softmax_backward(weights, upstream):
    result = np.zeros(weights.shape)
    for where in np.ndindex(weights.shape[:-1]):
        a, u = weights[where], upstream[where]
        for j in range(len(a)):
            for i in range(len(a)):
                result[where][j] += u[i] * a[i] * ((i == j) - a[j])
    return result


def attention_backward(upstream, Q, K, V):
    dQ, dK, dV = np.zeros(Q.shape), np.zeros(K.shape), np.zeros(V.shape)
    root = Q.shape[-1] ** 0.5
    for where in np.ndindex(Q.shape[:-1]):
        front, q, g = where[:-1], Q[where], upstream[where]
        a = softmax_of_rows(K[front] @ q / root)
        ds = softmax_backward(a, V[front] @ g)
        for m in range(len(a)):
            dQ[where] += ds[m] * K[front][m] / root
            dK[front][m] += ds[m] * q / root
            dV[front][m] += a[m] * g
    return {"Q": dQ, "K": dK, "V": dV}


# %% multi-head
def split_heads(X, heads):
    return np.stack(np.split(X, heads, axis=2), axis=1)


def merge_heads(X):
    return np.concatenate([X[:, h] for h in range(X.shape[1])], axis=2)


def multi_head(X, context, params, heads, mask=None):
    E = params["W_q"].shape[1]
    allowed = np.ones((1, 1, 1, 1), dtype=bool) if mask is None else mask
    allowed = np.broadcast_to(allowed, (len(X), heads, X.shape[1], context.shape[1]))
    output = 0
    for h in range(heads):
        part = slice(h * E // heads, (h + 1) * E // heads)
        Q, K, V = (
            A @ params[name][:, part]
            for A, name in ((X, "W_q"), (context, "W_k"), (context, "W_v"))
        )
        # One projection of all heads side by side is the sum of each head's own.
        output = output + attend(Q, K, V, allowed[:, h]) @ params["W_o"][part]
    return output


# %% positions
def positional_encoding(n, D, base=10000.0):
    P = []
    for t in range(n):
        row = []
        for i in range(D // 2):
            row += [np.sin(t / base ** (2 * i / D)), np.cos(t / base ** (2 * i / D))]
        P.append(row)
    return P


def equivariance_error(layer, X, order):
    before, after = layer(X), layer(np.array([X[i] for i in order]))
    return max(float(abs(after[i] - before[order[i]]).max()) for i in range(len(X)))


# %% encoder
def layer_norm(X, gamma, beta, eps=1e-5):
    result = np.empty(X.shape)
    for where in np.ndindex(X.shape[:-1]):
        mean = sum(X[where]) / len(gamma)
        variance = sum((x - mean) ** 2 for x in X[where]) / len(gamma)
        result[where] = gamma * (X[where] - mean) / (variance + eps) ** 0.5 + beta
    return result


def dropout(X, rate, seed=None):
    if seed is None:
        return X
    drawn = np.random.default_rng(seed).random(X.shape)
    result = np.zeros(X.shape)
    for where in np.ndindex(X.shape):
        if drawn[where] >= rate:
            result[where] = X[where] / (1 - rate)
    return result


def encoder_block(X, attention, params, norm_first=False, eps=1e-5, rate=0.1, seed=None):
    for step in (0, 1):
        norm = (params[f"gamma{step + 1}"], params[f"beta{step + 1}"], eps)
        inner = layer_norm(X, *norm) if norm_first else X
        if step == 0:
            inner = np.array(attention(inner))
        else:
            hidden = inner @ params["W1"] + params["b1"]
            inner = hidden * (hidden > 0) @ params["W2"] + params["b2"]
        X = X + dropout(inner, rate, seed if seed is None else seed + step)
        X = X if norm_first else layer_norm(X, *norm)
    return X


# %% decoder
def additive_attention(s, H, W_s, W_h, v):
    contexts, rows = [], []
    for state, hidden in zip(s, H, strict=True):
        scores = [np.tanh(state @ W_s + h @ W_h) @ v for h in hidden]
        odds = np.exp(np.array(scores) - max(scores))
        rows.append(odds / odds.sum())
        contexts.append(sum(a * h for a, h in zip(rows[-1], hidden, strict=True)))
    return contexts, rows


def decoder_block(Y, memory, self_attention, cross_attention, feed_forward, norm1, norm2, norm3):
    N = Y.shape[1]
    mask = np.zeros((N, N), dtype=bool)
    for i in range(N):
        mask[i, : i + 1] = True
    Y = norm1(Y + self_attention(Y, Y, mask))
    Y = norm2(Y + cross_attention(Y, memory, None))
    return norm3(Y + feed_forward(Y))


# %% language-model
def causal_logits(params, x, heads=2):
    params = {name: value.float() for name, value in params.items()}
    T, D = x.shape[1], params["tokens"].shape[1]
    d = D // heads
    X = torch.stack([params["tokens"][x[:, t]] + params["positions"][t] for t in range(T)], dim=1)

    def norm(X, which):
        centred = X - X.mean(-1, keepdim=True)
        spread = (centred.square().mean(-1, keepdim=True) + 1e-5).sqrt()
        return params[f"gamma{which}"] * centred / spread + params[f"beta{which}"]

    Q, K, V = (norm(X, 1) @ params[name] for name in ("W_q", "W_k", "W_v"))
    weights, parts = [], []
    for h in range(heads):
        part = slice(h * d, (h + 1) * d)
        scores = Q[..., part] @ K[..., part].transpose(1, 2) * d**-0.5
        for i in range(T):
            scores[:, i, i + 1 :] = -torch.inf
        weights.append(scores.softmax(-1))
        parts.append(weights[-1] @ V[..., part])
    X = X + torch.cat(parts, dim=-1) @ params["W_o"]
    inner = torch.clamp(norm(X, 2) @ params["W1"] + params["b1"], min=0)
    X = X + inner @ params["W2"] + params["b2"]
    return X @ params["U"], torch.stack(weights, dim=1)


def next_letter_loss(params, x, heads=2):
    log_p = causal_logits(params, x, heads)[0].log_softmax(-1)
    T = x.shape[1]
    total = sum(log_p[:, t].gather(1, x[:, t + 1, None]).mean() for t in range(T - 1))
    return -total / (T - 1)


def train(params, batches, learning_rate=0.02, heads=2):
    names = list(params)
    leaves = [torch.nn.Parameter(params[name].detach().clone()) for name in names]
    optimiser = torch.optim.Adam([{"params": [leaf]} for leaf in leaves], lr=learning_rate)
    losses = []
    for step in range(len(batches)):
        loss = next_letter_loss(dict(zip(names, leaves, strict=True)), batches[step], heads)
        losses.append(float(loss))
        for leaf, slope in zip(leaves, torch.autograd.grad(loss, leaves), strict=True):
            leaf.grad = slope
        optimiser.step()
    return {name: leaf.data for name, leaf in zip(names, leaves, strict=True)}, losses
