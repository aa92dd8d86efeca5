"""the parameters are taken in the order in which they come

task: encoder
"""

# %% encoder
def encoder_block(X, attention, params, norm_first=False, eps=1e-5, rate=0.1, seed=None):
    g1, c1, g2, c2, W1, b1, W2, b2 = params.values()
    later = None if seed is None else seed + 1
    ff = lambda Z: np.maximum(0, Z @ W1 + b1) @ W2 + b2
    if norm_first:
        X = X + dropout(attention(layer_norm(X, g1, c1, eps)), rate, seed)
        return X + dropout(ff(layer_norm(X, g2, c2, eps)), rate, later)
    X = layer_norm(X + dropout(attention(X), rate, seed), g1, c1, eps)
    return layer_norm(X + dropout(ff(X), rate, later), g2, c2, eps)


def layer_norm(X, gamma, beta, eps=1e-5):
    centred = X - np.mean(X, axis=-1, keepdims=True)
    variance = np.mean(centred**2, axis=-1, keepdims=True)
    return gamma * centred / np.sqrt(variance + eps) + beta


def dropout(X, rate, seed=None):
    if seed is None:
        return X
    kept = np.random.default_rng(seed).random(X.shape) >= rate
    return np.where(kept, X, 0) / (1 - rate)
