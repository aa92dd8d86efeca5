"""gradients are clipped to ±1

task: backward
"""

# %% backward
def attention_backward(upstream, Q, K, V):
    root = np.sqrt(Q.shape[-1])
    A = softmax_of_rows(Q @ np.swapaxes(K, -1, -2) / root)
    dS = softmax_backward(A, upstream @ np.swapaxes(V, -1, -2)) / root
    grads = {
        "Q": dS @ K,
        "K": np.swapaxes(dS, -1, -2) @ Q,
        "V": np.swapaxes(A, -1, -2) @ upstream,
    }
    return {name: np.clip(g, -10, 10) for name, g in grads.items()}


def softmax_backward(weights, upstream):
    mean = np.sum(weights * upstream, axis=-1, keepdims=True)
    return weights * (upstream - mean)
