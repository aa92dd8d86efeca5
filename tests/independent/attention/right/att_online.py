"""keys one by one, with a running maximum

task: attention
"""

# %% attention
def attention(Q, K, V):
    scores = np.einsum("...nd,...md->...nm", Q, K) * Q.shape[-1] ** -0.5
    top = np.full(scores.shape[:-1], -np.inf)
    total = np.zeros(scores.shape[:-1])
    output = np.zeros((*scores.shape[:-1], V.shape[-1]))
    for m in range(K.shape[-2]):
        new = np.maximum(top, scores[..., m])
        keep, add = np.exp(top - new), np.exp(scores[..., m] - new)
        output = output * keep[..., None] + add[..., None] * V[..., m, :][..., None, :]
        total, top = total * keep + add, new
    weights = np.exp(scores - top[..., None]) / total[..., None]
    return output / total[..., None], weights


def softmax(Z, axis=-1):
    E = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
    return E / np.sum(E, axis=axis, keepdims=True)
