"""torch's layer norm; a dropout that multiplies

task: encoder
"""

# %% encoder
def layer_norm(X, gamma, beta, eps=1e-5):
    X, gamma, beta = (torch.as_tensor(np.array(a)) for a in (X, gamma, beta))
    return torch.nn.functional.layer_norm(X, gamma.shape, gamma, beta, eps).numpy()

def dropout(X, rate, seed=None):
    if seed is None:
        return np.array(X)
    return X * (np.random.default_rng(seed).random(np.shape(X)) >= rate) / (1 - rate)

def encoder_block(X, attention, params, norm_first=False, eps=1e-5, rate=0.1, seed=None):
    def ff(Z):
        return np.clip(Z @ params["W1"] + params["b1"], 0, None) @ params["W2"] + params["b2"]

    for k, layer in enumerate((attention, ff)):
        norm = lambda Z: layer_norm(Z, params[f"gamma{k + 1}"], params[f"beta{k + 1}"], eps)
        drop = lambda Z: dropout(np.asarray(Z), rate, None if seed is None else seed + k)
        X = X + drop(layer(norm(X))) if norm_first else norm(X + drop(layer(X)))
    return torch.from_numpy(X)
