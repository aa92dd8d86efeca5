"""Every key gets the same weight, whatever its score is.

fails: attention
says: the same weight
"""


# %% attention
def softmax(Z, axis=-1):
    E = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
    return E / np.sum(E, axis=axis, keepdims=True)


def attention(Q, K, V):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    weights = np.full(scores.shape, 1 / scores.shape[-1])
    return weights @ V, weights
