"""transposes only where it does not fit: wrong for N = M

task: backward
"""

# %% backward
def attention_backward(upstream, Q, K, V):
    def times(a, b):
        try:
            return a @ b
        except ValueError:
            return np.swapaxes(a, -1, -2) @ b

    root = np.sqrt(Q.shape[-1])
    A = softmax_of_rows(Q @ np.swapaxes(K, -1, -2) / root)
    dS = softmax_backward(A, upstream @ np.swapaxes(V, -1, -2)) / root
    return {"Q": dS @ K, "K": times(dS, Q), "V": times(A, upstream)}


def softmax_backward(weights, upstream):
    mean = np.sum(weights * upstream, axis=-1, keepdims=True)
    return weights * (upstream - mean)
