"""The largest entry is not subtracted before exp: large entries overflow.

fails: attention
says: NaN
tells: Large entries give nan: subtract the largest entry along the axis before exp.
"""


# %% attention
def softmax(Z, axis=-1):
    E = np.exp(Z)
    return E / np.sum(E, axis=axis, keepdims=True)


def attention(Q, K, V):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    weights = softmax(scores)
    return weights @ V, weights
