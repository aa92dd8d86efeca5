"""The root of d is missing in the backward pass, for Q and for K.

fails: backward
says: root of d missing in the backward
"""


# %% backward
def softmax_backward(weights, upstream):
    mean = np.sum(weights * upstream, axis=-1, keepdims=True)
    return weights * (upstream - mean)


def attention_backward(upstream, Q, K, V):
    root = np.sqrt(Q.shape[-1])
    weights = softmax_of_rows(Q @ np.swapaxes(K, -1, -2) / root)
    back = softmax_backward(weights, upstream @ np.swapaxes(V, -1, -2))
    return {
        "Q": back @ K,
        "K": np.swapaxes(back, -1, -2) @ Q,
        "V": np.swapaxes(weights, -1, -2) @ upstream,
    }
