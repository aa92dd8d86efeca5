"""softmax subtracts the largest entry of all but the first axis (one number per batch element): a row around -1000 beside one with +1000 is 0/0 in a 3-D array, while 2-D arrays are fine

task: attention
"""

# %% attention
def softmax(Z, axis=-1):
    # one maximum for each batch element is enough
    over = tuple(range(1, Z.ndim)) if Z.ndim > 2 else axis
    exponentials = np.exp(Z - Z.max(axis=over, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def attention(Q, K, V):
    scores = Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[-1])
    weights = softmax(scores)
    return weights @ V, weights
