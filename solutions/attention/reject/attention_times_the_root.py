"""The scores are multiplied by the root of d instead of divided.

fails: attention
says: multiplied by the root
"""


# %% attention
def softmax(Z, axis=-1):
    E = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
    return E / np.sum(E, axis=axis, keepdims=True)


def attention(Q, K, V):
    scores = Q @ np.swapaxes(K, -1, -2) * np.sqrt(Q.shape[-1])
    weights = softmax(scores)
    return weights @ V, weights
