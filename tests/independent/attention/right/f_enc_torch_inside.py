"""torch's layer_norm and linear functions, dropout drawn flat, steps as a loop over a list of pairs

task: encoder
"""

# %% encoder
def layer_norm(X, gamma, beta, eps=1e-5):
    X, gamma, beta = (torch.tensor(np.asarray(part), dtype=torch.float64) for part in (X, gamma, beta))
    return torch.nn.functional.layer_norm(X, gamma.shape, gamma, beta, eps).numpy()


def dropout(X, rate, seed=None):
    if seed is None:
        return np.array(X)
    draws = np.random.default_rng(seed).random(np.size(X)).reshape(np.shape(X))
    return X * (draws >= rate) / (1 - rate)


def encoder_block(X, attention, params, norm_first=False, eps=1e-5, rate=0.1, seed=None):
    def feed_forward(Z):
        hidden = np.einsum("bnd,df->bnf", Z, params["W1"]) + params["b1"]
        return np.where(hidden > 0, hidden, 0) @ params["W2"] + params["b2"]

    for step, sublayer in enumerate((attention, feed_forward)):
        scale, shift = params[f"gamma{step + 1}"], params[f"beta{step + 1}"]
        own = seed if seed is None else seed + step
        inner = layer_norm(X, scale, shift, eps) if norm_first else X
        X = X + dropout(sublayer(inner), rate, own)
        X = X if norm_first else layer_norm(X, scale, shift, eps)
    return X
