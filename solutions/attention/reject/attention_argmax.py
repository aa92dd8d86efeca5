"""The key with the largest score takes all: this is an argmax, no softmax.

fails: attention
says: argmax
"""


# %% attention
def softmax(Z, axis=-1):
    E = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
    return E / np.sum(E, axis=axis, keepdims=True)


def attention(Q, K, V):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    weights = (scores == scores.max(axis=-1, keepdims=True)).astype(float)
    return weights @ V, weights
