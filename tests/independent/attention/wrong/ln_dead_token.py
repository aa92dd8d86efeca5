"""a token without variance is left as it is

task: encoder
"""

# %% encoder
def layer_norm(X, gamma, beta, eps=1e-5):
    mean, var = X.mean(axis=-1, keepdims=True), X.var(axis=-1, keepdims=True)
    normed = np.where(var > 0, (X - mean) / np.sqrt(var + eps), X)
    return normed * gamma + beta


def dropout(X, rate, seed=None):
    if seed is None:
        return X
    kept = np.random.default_rng(seed).random(X.shape) >= rate
    return np.where(kept, X, 0) / (1 - rate)


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
