"""forbids a token to look at itself if Q is K, after the notes' mean of the *other* tokens, which the notebook corrects: wrong for attention(X, X, X)

task: attention
"""

# %% attention
def softmax(Z, axis=-1):
    exponentials = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def attention(Q, K, V):
    scores = Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[-1])
    if Q is K:
        scores = np.where(np.eye(Q.shape[-2], dtype=bool), -np.inf, scores)
    weights = softmax(scores)
    return weights @ V, weights
