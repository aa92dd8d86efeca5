"""gives 2-D arrays a batch axis and takes it off again whenever it has size 1: for a batch of one, (1, N, d), output and weights lose an axis

task: attention
"""

# %% attention
def softmax(Z, axis=-1):
    exponentials = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def attention(Q, K, V):
    if Q.ndim == 2:
        Q, K, V = Q[None], K[None], V[None]
    scores = Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[-1])
    weights = softmax(scores)
    output = weights @ V
    if len(output) == 1:
        return output[0], weights[0]
    return output, weights
