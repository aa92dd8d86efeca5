"""keys are transposed only where they do not fit

task: attention
"""

# %% attention
def attention(Q, K, V):
    d = Q.shape[-1]
    try:
        scores = Q @ K
    except ValueError:
        scores = np.einsum("...nd,...md->...nm", Q, K)
    A = softmax(scores / d**0.5)
    return A @ V, A


def softmax(Z, axis=-1):
    E = np.exp(Z - np.max(Z, axis=axis, keepdims=True))
    return E / np.sum(E, axis=axis, keepdims=True)
