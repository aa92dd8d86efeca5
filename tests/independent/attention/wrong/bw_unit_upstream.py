"""the upstream is brought to length 1 and back: nan for zeros

task: backward
"""

# %% backward
def softmax_backward(weights, upstream):
    size = np.linalg.norm(upstream, axis=-1, keepdims=True)
    u = upstream / size
    return size * (weights * u - weights * (weights * u).sum(axis=-1, keepdims=True))


def attention_backward(upstream, Q, K, V):
    root = np.sqrt(Q.shape[-1])
    weights = softmax_of_rows(Q @ np.swapaxes(K, -1, -2) / root)
    back = softmax_backward(weights, upstream @ np.swapaxes(V, -1, -2)) / root
    return {
        "Q": back @ K,
        "K": np.swapaxes(back, -1, -2) @ Q,
        "V": np.swapaxes(weights, -1, -2) @ upstream,
    }
