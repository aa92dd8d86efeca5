"""float32 in the inside, which the notation allows."""


# %% attention
def softmax(Z, axis=-1):
    Z = np.asarray(Z, dtype=np.float32)
    E = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return E / E.sum(axis=axis, keepdims=True)


def attention(Q, K, V):
    Q, K, V = (np.asarray(part, dtype=np.float32) for part in (Q, K, V))
    weights = softmax(Q @ K.swapaxes(-1, -2) / np.float32(Q.shape[-1]) ** 0.5)
    return weights @ V, weights


# %% scaling
def score_statistics(Q, K):
    Q, K = np.asarray(Q, dtype=np.float32), np.asarray(K, dtype=np.float32)
    products = (K @ Q[:, :, None])[:, :, 0]
    return {
        "variance": products.var(),
        "top_unscaled": softmax_of_rows(products).max(axis=1).mean(),
        "top_scaled": softmax_of_rows(products / np.sqrt(Q.shape[1], dtype=np.float32))
        .max(1)
        .mean(),
    }


# %% masks
def causal_mask(n):
    return np.tri(n, dtype=bool)


def padding_mask(lengths, n):
    return np.stack([np.arange(n) < length for length in lengths])


def masked_attention(Q, K, V, mask):
    Q, K, V = (np.asarray(part, dtype=np.float32) for part in (Q, K, V))
    scores = Q @ K.swapaxes(-1, -2) / np.float32(Q.shape[-1]) ** 0.5
    # No score of an allowed key is anywhere near this.
    scores = np.where(mask, scores, np.float32(-1e9))
    E = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = E / E.sum(axis=-1, keepdims=True) * np.broadcast_to(mask, scores.shape)
    return weights @ V, weights


# %% backward
def softmax_backward(weights, upstream):
    a, u = np.asarray(weights, dtype=np.float32), np.asarray(upstream, dtype=np.float32)
    return a * u - a * np.sum(a * u, axis=-1, keepdims=True)


def attention_backward(upstream, Q, K, V):
    g, Q, K, V = (np.asarray(part, dtype=np.float32) for part in (upstream, Q, K, V))
    root = np.float32(Q.shape[-1] ** 0.5)
    a = softmax_of_rows(Q @ K.swapaxes(-1, -2) / root)
    dS = softmax_backward(a, g @ V.swapaxes(-1, -2))
    return {
        "Q": dS / root @ K,
        "K": dS.swapaxes(-1, -2) @ (Q / root),
        "V": a.swapaxes(-1, -2) @ g,
    }


# %% multi-head
def split_heads(X, heads):
    return np.asarray(X, dtype=np.float32).reshape(*X.shape[:2], heads, -1).transpose(0, 2, 1, 3)


def merge_heads(X):
    X = np.asarray(X, dtype=np.float32)
    return X.transpose(0, 2, 1, 3).reshape(X.shape[0], X.shape[2], -1)


def multi_head(X, context, params, heads, mask=None):
    parts = [A @ params[name] for A, name in ((X, "W_q"), (context, "W_k"), (context, "W_v"))]
    found = attend(*(split_heads(part, heads) for part in parts), mask)
    return merge_heads(found) @ params["W_o"].astype(np.float32)


# %% positions
def positional_encoding(n, D, base=10000.0):
    return np.array(
        [
            [(np.cos if j % 2 else np.sin)(t * base ** (-(j - j % 2) / D)) for j in range(D)]
            for t in range(n)
        ],
        dtype=np.float32,
    )


def equivariance_error(layer, X, order):
    found = np.asarray(layer(X[order]), dtype=np.float32)
    return np.abs(found - np.asarray(layer(X), dtype=np.float32)[order]).max()


# %% encoder
def layer_norm(X, gamma, beta, eps=1e-5):
    X = np.asarray(X, dtype=np.float32)
    root = np.sqrt(X.var(axis=-1) + np.float32(eps))
    return ((X - X.mean(axis=-1)[..., None]) / root[..., None] * gamma + beta).astype(np.float32)


def dropout(X, rate, seed=None):
    if seed is None:
        return np.array(X, dtype=np.float64)
    X = np.array(X, dtype=np.float32)
    X[np.random.default_rng(seed).random(X.shape) < rate] = 0
    return X / np.float32(1 - rate)


def encoder_block(X, attention, params, norm_first=False, eps=1e-5, rate=0.1, seed=None):
    p = {name: value.astype(np.float32) for name, value in params.items()}
    one, two = (p["gamma1"], p["beta1"], eps), (p["gamma2"], p["beta2"], eps)
    second = None if seed is None else seed + 1
    X = X.astype(np.float32)
    X = X + dropout(attention(layer_norm(X, *one) if norm_first else X), rate, seed)
    X = X if norm_first else layer_norm(X, *one)
    hidden = np.maximum((layer_norm(X, *two) if norm_first else X) @ p["W1"] + p["b1"], 0)
    X = X + dropout(hidden @ p["W2"] + p["b2"], rate, second)
    return X if norm_first else layer_norm(X, *two)


# %% decoder
def additive_attention(s, H, W_s, W_h, v):
    s, H, W_s, W_h, v = (part.astype(np.float32) for part in (s, H, W_s, W_h, v))
    weights = softmax_of_rows(np.tanh(np.expand_dims(s @ W_s, 1) + H @ W_h) @ v)
    return np.squeeze(weights[:, None] @ H, 1), weights


def decoder_block(Y, memory, self_attention, cross_attention, feed_forward, norm1, norm2, norm3):
    Y = Y.astype(np.float32)
    everything = np.ones((Y.shape[1], Y.shape[1]))
    Y = norm1(Y + self_attention(Y, Y, np.tril(everything) > 0)).astype(np.float32)
    Y = norm2(Y + cross_attention(Y, memory.astype(np.float32), None)).astype(np.float32)
    return norm3(Y + feed_forward(Y)).astype(np.float32)


# %% language-model
def causal_logits(params, x, heads=2):
    p = {name: value.float() for name, value in params.items()}
    D = p["tokens"].shape[1]
    X = torch.nn.functional.embedding(x, p["tokens"]) + p["positions"][None, : x.shape[1]]

    def norm(X, which):
        return torch.layer_norm(X, (D,), p["gamma" + which], p["beta" + which])

    Q, K, V = (
        (norm(X, "1") @ p["W_" + name]).unflatten(-1, (heads, D // heads)).movedim(2, 1)
        for name in "qkv"
    )
    scores = torch.einsum("bhid,bhjd->bhij", Q, K) / (D // heads) ** 0.5
    scores = scores + torch.full(scores.shape[-2:], -torch.inf).triu(1)
    weights = scores.softmax(dim=-1)
    X = X + torch.einsum("bhij,bhjd->bihd", weights, V).flatten(2) @ p["W_o"]
    X = X + (norm(X, "2") @ p["W1"] + p["b1"]).relu() @ p["W2"] + p["b2"]
    return X @ p["U"], weights


def next_letter_loss(params, x, heads=2):
    logits = causal_logits(params, x, heads)[0]
    right = logits[:, :-1].gather(2, x[:, 1:, None])[..., 0]
    return (logits[:, :-1].logsumexp(-1) - right).mean()


def train(params, batches, learning_rate=0.02, heads=2):
    trained = {name: value.detach().clone().requires_grad_(True) for name, value in params.items()}
    optimiser = torch.optim.Adam(list(trained.values()), learning_rate)
    losses = np.zeros(len(batches))
    for step, x in enumerate(batches):
        loss = next_letter_loss(trained, x, heads)
        losses[step] = loss.item()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return trained, losses
