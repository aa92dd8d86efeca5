"""The scores are not divided by the root of d.

fails: attention
says: root of d missing
"""


# %% attention
def softmax(Z, axis=-1):
    E = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
    return E / np.sum(E, axis=axis, keepdims=True)


def attention(Q, K, V):
    scores = Q @ np.swapaxes(K, -1, -2)
    weights = softmax(scores)
    return weights @ V, weights
