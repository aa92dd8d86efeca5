"""drops hidden units of the feed-forward network instead of entries of its output; nothing differs at evaluation

task: encoder
"""

# %% encoder
def layer_norm(X, gamma, beta, eps=1e-5):
    mean = X.mean(axis=-1, keepdims=True)
    variance = X.var(axis=-1, keepdims=True)
    return gamma * (X - mean) / np.sqrt(variance + eps) + beta


def dropout(X, rate, seed=None):
    if seed is None:
        return X
    kept = np.random.default_rng(seed).random(X.shape) >= rate
    return np.where(kept, X / (1 - rate), 0.0)


def encoder_block(X, attention, params, norm_first=False, eps=1e-5, rate=0.1, seed=None):
    p = params
    second = None if seed is None else seed + 1

    def norm1(Z):
        return layer_norm(Z, p["gamma1"], p["beta1"], eps)

    def norm2(Z):
        return layer_norm(Z, p["gamma2"], p["beta2"], eps)

    def ff(Z):
        return dropout(np.maximum(0, Z @ p["W1"] + p["b1"]), rate, second) @ p["W2"] + p["b2"]

    if norm_first:
        X1 = X + dropout(attention(norm1(X)), rate, seed)
        return X1 + ff(norm2(X1))
    X1 = norm1(X + dropout(attention(X), rate, seed))
    return norm2(X1 + ff(X1))
