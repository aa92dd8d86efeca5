"""the softmax is taken in half precision

task: attention
"""

# %% attention
def softmax(Z, axis=-1):
    Z = np.asarray(Z)
    E = np.exp((Z - Z.max(axis=axis, keepdims=True)).astype(np.float16)).astype(np.float64)
    return E / E.sum(axis=axis, keepdims=True)


def attention(Q, K, V):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    weights = softmax(scores)
    return weights @ V, weights
