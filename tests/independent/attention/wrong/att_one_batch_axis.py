"""several axes in front come back as one

task: attention
"""

# %% attention
def attention(Q, K, V):
    N, d = Q.shape[-2:]
    if Q.ndim < 3:
        A = softmax(Q @ K.T / np.sqrt(d))
        return A @ V, A
    Q, K, V = (part.reshape(-1, *part.shape[-2:]) for part in (Q, K, V))
    A = np.stack([softmax(q @ k.T / np.sqrt(d)) for q, k in zip(Q, K)])
    return np.einsum("bnm,bme->bne", A, V), A


def softmax(Z, axis=-1):
    E = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
    return E / np.sum(E, axis=axis, keepdims=True)
