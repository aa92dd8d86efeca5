"""softmax by np.logaddexp.reduce, attention by einsum with an ellipsis

task: attention
"""

# %% attention
def softmax(Z, axis: int = -1) -> np.ndarray:
    Z = np.asarray(Z, dtype=float)
    return np.exp(Z - np.expand_dims(np.logaddexp.reduce(Z, axis=axis), axis))


def attention(Q, K, V):
    *front, N, d = Q.shape
    assert K.shape[-1] == d and K.shape[-2] == V.shape[-2]
    weights = softmax(np.einsum("...nd,...md->...nm", Q / d**0.25, K / d**0.25))
    return np.einsum("...nm,...mv->...nv", weights, V), weights
