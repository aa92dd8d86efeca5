"""drops weights below 1e-3 as negligible and normalises again: wrong as soon as many keys or spread scores give small weights

task: attention
"""

# %% attention
def softmax(Z, axis=-1):
    exponentials = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def attention(Q, K, V):
    scores = Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[-1])
    weights = softmax(scores)
    weights = np.where(weights < 1e-3, 0.0, weights)
    weights = weights / weights.sum(axis=-1, keepdims=True)
    return weights @ V, weights
