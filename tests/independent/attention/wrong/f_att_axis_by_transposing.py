"""softmax serves every axis but the last by transposing the array: wrong for the middle axis of a 3-D array (it then runs along axis 0)

task: attention
"""

# %% attention
def softmax(Z, axis=-1):
    if axis not in (-1, Z.ndim - 1):
        return softmax(Z.T, -1).T
    exponentials = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


def attention(Q, K, V):
    scores = Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[-1])
    weights = softmax(scores)
    return weights @ V, weights
