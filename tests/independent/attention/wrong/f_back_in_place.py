"""softmax_backward works in place on upstream, which the caller finds overwritten

task: backward
"""

# %% backward
def softmax_backward(weights, upstream):
    inner = np.sum(weights * upstream, axis=-1, keepdims=True)
    upstream -= inner
    upstream *= weights
    return upstream


def attention_backward(upstream, Q, K, V):
    root = np.sqrt(Q.shape[-1])
    A = softmax_of_rows(Q @ K.swapaxes(-1, -2) / root)
    dA = upstream @ V.swapaxes(-1, -2)
    dV = A.swapaxes(-1, -2) @ upstream
    dS = softmax_backward(A, dA)
    dQ = dS @ K / root
    dK = dS.swapaxes(-1, -2) @ Q / root
    return {"Q": dQ, "K": dK, "V": dV}
