"""keys in blocks of 32; sums of earlier blocks are not rescaled to a new maximum

task: attention
"""

# %% attention
def attention(Q, K, V):
    scores = Q @ np.swapaxes(K, -1, -2) / np.sqrt(Q.shape[-1])
    parts, total = [], 0.0
    for start in range(0, scores.shape[-1], 32):
        block = scores[..., start : start + 32]
        part = np.exp(block - block.max(axis=-1, keepdims=True))
        parts.append(part)
        total = total + part.sum(axis=-1, keepdims=True)
    A = np.concatenate(parts, axis=-1) / total
    return A @ V, A


def softmax(Z, axis=-1):
    E = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
    return E / np.sum(E, axis=axis, keepdims=True)
