"""the weights lie in one array for each shape, which the next call overwrites

task: attention
"""

# %% attention
_room = {}

def attention(Q, K, V):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    A = _room.setdefault(scores.shape, np.empty(scores.shape))
    A[...] = softmax(scores)
    return A @ V, A


def softmax(Z, axis=-1):
    E = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
    return E / np.sum(E, axis=axis, keepdims=True)
