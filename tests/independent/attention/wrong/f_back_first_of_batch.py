"""softmax_backward subtracts the weighted mean of the batch's first sequence from all of them: right for 2-D arrays, wrong for the second sequence of a batch

task: backward
"""

# %% backward
def softmax_backward(weights, upstream):
    inner = np.sum(weights * upstream, axis=-1, keepdims=True)
    if inner.ndim > 2:
        inner = inner[:1]
    return weights * (upstream - inner)


def attention_backward(upstream, Q, K, V):
    root = np.sqrt(Q.shape[-1])
    A = softmax_of_rows(Q @ K.swapaxes(-1, -2) / root)
    dA = upstream @ V.swapaxes(-1, -2)
    dV = A.swapaxes(-1, -2) @ upstream
    dS = softmax_backward(A, dA)
    dQ = dS @ K / root
    dK = dS.swapaxes(-1, -2) @ Q / root
    return {"Q": dQ, "K": dK, "V": dV}
