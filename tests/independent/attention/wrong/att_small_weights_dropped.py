"""weights below a thousandth are set to zero

task: attention
"""

# %% attention
def attention(Q, K, V):
    A = softmax(Q @ np.moveaxis(K, -1, -2) / np.sqrt(Q.shape[-1]))
    A = np.where(A < 1e-3, 0, A)
    return A @ V, A


def softmax(Z, axis=-1):
    E = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
    return E / np.sum(E, axis=axis, keepdims=True)
