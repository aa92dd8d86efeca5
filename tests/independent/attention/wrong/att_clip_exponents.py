"""the exponents are clipped to ±60, not shifted

task: attention
"""

# %% attention
def softmax(Z, axis=-1):
    E = np.exp(np.clip(Z, -60, 60))
    return E / E.sum(axis=axis, keepdims=True)


def attention(Q, K, V):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    weights = softmax(scores)
    return weights @ V, weights
