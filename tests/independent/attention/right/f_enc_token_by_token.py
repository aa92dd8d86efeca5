"""layer norm with a centring matrix, feed-forward token by token, dropout by a scalar loop over the same draws

task: encoder
"""

# %% encoder
def layer_norm(X, gamma, beta, eps=1e-5):
    D = X.shape[-1]
    centred = X @ (np.eye(D) - np.full((D, D), 1 / D))
    spread = np.einsum("...d,...d->...", centred, centred)[..., np.newaxis] / D + eps
    return centred * spread**-0.5 * gamma + beta


def dropout(X, rate, seed=None):
    if seed is None:
        return X
    generator = np.random.default_rng(seed)
    dropped = np.array(X, dtype=float)
    for index in np.ndindex(*dropped.shape):
        dropped[index] = dropped[index] / (1 - rate) if generator.random() >= rate else 0.0
    return dropped


def encoder_block(X, attention, params, norm_first=False, eps=1e-5, rate=0.1, seed=None):
    def token(x):
        return params["W2"].T @ np.clip(params["W1"].T @ x + params["b1"], 0, None) + params["b2"]

    def ff(Z):
        return np.apply_along_axis(token, -1, Z)

    def normed(which):
        return lambda Z: layer_norm(Z, params["gamma" + which], params["beta" + which], eps=eps)

    first, second = (seed, seed + 1) if seed is not None else (None, None)
    inside, outside = normed, lambda which: lambda Z: Z
    if not norm_first:
        inside, outside = outside, inside
    X1 = outside("1")(X + dropout(attention(inside("1")(X)), rate, first))
    return outside("2")(X1 + dropout(ff(inside("2")(X1)), rate, second))
