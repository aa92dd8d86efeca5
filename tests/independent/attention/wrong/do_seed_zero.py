"""seed 0 counts as no seed

task: encoder
"""

# %% encoder
def dropout(X, rate, seed=None):
    if not seed:
        return X
    keep = np.random.default_rng(seed).random(X.shape) >= rate
    return X * keep / (1 - rate)


def layer_norm(X, gamma, beta, eps=1e-5):
    centred = X - np.mean(X, axis=-1, keepdims=True)
    variance = np.mean(centred**2, axis=-1, keepdims=True)
    return gamma * centred / np.sqrt(variance + eps) + beta


def encoder_block(X, attention, params, norm_first=False, eps=1e-5, rate=0.1, seed=None):
    def first(X):
        return dropout(attention(X), rate, seed)

    def second(X):
        hidden = np.maximum(X @ params["W1"] + params["b1"], 0)
        return dropout(
            hidden @ params["W2"] + params["b2"], rate, None if seed is None else seed + 1
        )

    def norm(X, which):
        return layer_norm(X, params[f"gamma{which}"], params[f"beta{which}"], eps)

    if norm_first:
        X1 = X + first(norm(X, 1))
        return X1 + second(norm(X1, 2))
    X1 = norm(X + first(X), 1)
    return norm(X1 + second(X1), 2)
