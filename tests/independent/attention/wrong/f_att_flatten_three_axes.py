"""exchanges the last two axes of K by hand for 2-D and 3-D arrays; for (B, H, M, d) K.T turns the batch axes around as well (error, or wrong numbers if all sizes agree)

task: attention
"""

# %% attention
def softmax(Z, axis=-1):
    exponentials = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def attention(Q, K, V):
    keys = K.transpose(0, 2, 1) if K.ndim == 3 else K.T
    scores = Q @ keys / np.sqrt(Q.shape[-1])
    weights = softmax(scores)
    return weights @ V, weights
