# %% zeros of the right shape
def multi_head(X, W, heads):
    return np.zeros_like(X)


def convolution(x, w):
    return np.zeros((len(w), x.shape[1] - w.shape[2] + 1, x.shape[2] - w.shape[3] + 1))


# %% the kernel flipped
def convolution(x, w):
    height, width = x.shape[1] - w.shape[2] + 1, x.shape[2] - w.shape[3] + 1
    out = np.zeros((len(w), height, width))
    for i in range(height):
        for j in range(width):
            patch = x[:, i : i + w.shape[2], j : j + w.shape[3]]
            out[:, i, j] = np.tensordot(w[:, :, ::-1, ::-1], patch, axes=3)
    return out


# %% heads mixed up when they are put together
def multi_head(X, W, heads):
    N, D = X.shape
    Q, K, V = ((X @ part).reshape(N, heads, D // heads).swapaxes(0, 1) for part in W)
    scores = Q @ K.swapaxes(1, 2) / np.sqrt(D // heads)
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    weights /= weights.sum(-1, keepdims=True)
    return (weights @ V).reshape(N, D)
