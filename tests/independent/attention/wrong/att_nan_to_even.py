"""overflow gives nan, and nan becomes an even distribution

task: attention
"""

# %% attention
def softmax(Z, axis=-1):
    with np.errstate(all="ignore"):
        E = np.exp(Z)
        P = E / E.sum(axis=axis, keepdims=True)
    return np.where(np.isnan(P), 1 / Z.shape[axis], P)


def attention(Q, K, V):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    weights = softmax(scores)
    return weights @ V, weights
