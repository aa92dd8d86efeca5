"""in the block seed 0 counts as no seed

task: encoder
"""

# %% encoder
def encoder_block(X, attention, params, norm_first=False, eps=1e-5, rate=0.1, seed=None):
    p = params
    first, second = (seed, seed + 1) if seed else (None, None)
    n1 = lambda Z: layer_norm(Z, p["gamma1"], p["beta1"], eps)
    n2 = lambda Z: layer_norm(Z, p["gamma2"], p["beta2"], eps)
    ff = lambda Z: np.maximum(0, Z @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"]
    if norm_first:
        X = X + dropout(attention(n1(X)), rate, first)
        return X + dropout(ff(n2(X)), rate, second)
    X = n1(X + dropout(attention(X), rate, first))
    return n2(X + dropout(ff(X), rate, second))


def layer_norm(X, gamma, beta, eps=1e-5):
    centred = X - np.mean(X, axis=-1, keepdims=True)
    variance = np.mean(centred**2, axis=-1, keepdims=True)
    return gamma * centred / np.sqrt(variance + eps) + beta


def dropout(X, rate, seed=None):
    if seed is None:
        return X
    kept = np.random.default_rng(seed).random(X.shape) >= rate
    return np.where(kept, X, 0) / (1 - rate)
