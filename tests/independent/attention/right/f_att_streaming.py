"""goes through the keys one by one and keeps a running maximum and sum (online softmax)

task: attention
"""

# %% attention
def softmax(Z, axis=-1):
    Z = np.moveaxis(np.array(Z, dtype=float), axis, 0)
    top = np.full(Z.shape[1:], -np.inf)
    total = np.zeros(Z.shape[1:])
    for row in Z:
        higher = np.maximum(top, row)
        total = total * np.exp(top - higher) + np.exp(row - higher)
        top = higher
    return np.moveaxis(np.exp(Z - top) / total, 0, axis)


def attention(Q, K, V):
    scores = np.stack([(Q * K[..., m, None, :]).sum(-1) for m in range(K.shape[-2])], axis=-1)
    weights = softmax(scores * Q.shape[-1] ** -0.5, axis=scores.ndim - 1)
    output = 0
    for m in range(K.shape[-2]):
        output = output + weights[..., m, None] * V[..., m, None, :]
    return output, weights
