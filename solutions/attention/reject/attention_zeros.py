"""Weights and output are zeros of the right shapes.

fails: attention
says: weights
tells: nothing
"""


# %% attention
def softmax(Z, axis=-1):
    E = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
    return E / np.sum(E, axis=axis, keepdims=True)


def attention(Q, K, V):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    weights = 0 * scores
    return weights @ V, weights
