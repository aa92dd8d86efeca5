"""softmax_backward puts the summed axis back with [:, None]: right for (N, M), wrong or an error for (M,) and for batches (B, N, M)

task: backward
"""

# %% backward
def softmax_backward(weights, upstream):
    inner = np.sum(weights * upstream, axis=-1)[:, None]
    return weights * (upstream - inner)


def attention_backward(upstream, Q, K, V):
    root = np.sqrt(Q.shape[-1])
    A = softmax_of_rows(Q @ K.swapaxes(-1, -2) / root)
    dA = upstream @ V.swapaxes(-1, -2)
    dV = A.swapaxes(-1, -2) @ upstream
    dS = A * (dA - np.sum(A * dA, axis=-1, keepdims=True))
    dQ = dS @ K / root
    dK = dS.swapaxes(-1, -2) @ Q / root
    return {"Q": dQ, "K": dK, "V": dV}
