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
