"""softmax subtracts the maximum from Z in place, so the caller's array is changed although functions leave their arguments as they are

task: attention
"""

# %% attention
def softmax(Z, axis=-1):
    Z -= Z.max(axis=axis, keepdims=True)
    exponentials = np.exp(Z)
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def attention(Q, K, V):
    scores = Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[-1])
    weights = softmax(scores)
    return weights @ V, weights
