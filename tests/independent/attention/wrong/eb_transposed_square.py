"""W1 is turned, as torch stores it, where D = F

task: encoder
"""

# %% encoder
def encoder_block(X, attention, params, norm_first=False, eps=1e-5, rate=0.1, seed=None):
    p, D = params, X.shape[-1]
    W1 = p["W1"].T if p["W1"].shape[1] == D else p["W1"]
    W2 = p["W2"].T if p["W2"].shape[0] == D else p["W2"]
    later = None if seed is None else seed + 1
    ff = lambda Z: np.maximum(0, Z @ W1 + p["b1"]) @ W2 + p["b2"]
    norm = lambda Z, k: layer_norm(Z, p[f"gamma{k}"], p[f"beta{k}"], eps)
    if norm_first:
        X = X + dropout(attention(norm(X, 1)), rate, seed)
        return X + dropout(ff(norm(X, 2)), rate, later)
    X = norm(X + dropout(attention(X), rate, seed), 1)
    return norm(X + dropout(ff(X), rate, later), 2)


def layer_norm(X, gamma, beta, eps=1e-5):
    centred = X - np.mean(X, axis=-1, keepdims=True)
    variance = np.mean(centred**2, axis=-1, keepdims=True)
    return gamma * centred / np.sqrt(variance + eps) + beta


def dropout(X, rate, seed=None):
    if seed is None:
        return X
    kept = np.random.default_rng(seed).random(X.shape) >= rate
    return np.where(kept, X, 0) / (1 - rate)
