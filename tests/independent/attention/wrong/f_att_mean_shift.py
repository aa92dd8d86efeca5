"""softmax subtracts the mean instead of the largest entry: inf/inf = nan for a row such as (1000, -1000, -1000), which the docstring promises to survive

task: attention
"""

# %% attention
def softmax(Z, axis=-1):
    exponentials = np.exp(Z - Z.mean(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def attention(Q, K, V):
    scores = Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[-1])
    weights = softmax(scores)
    return weights @ V, weights
