"""divides all gradients by the number of sequences in front, as if the loss were a mean: right without batch axes, too small by the batch size with them

task: backward
"""

# %% backward
def softmax_backward(weights, upstream):
    inner = np.sum(weights * upstream, axis=-1, keepdims=True)
    return weights * (upstream - inner)


def attention_backward(upstream, Q, K, V):
    upstream = upstream / np.prod(Q.shape[:-2], initial=1.0)
    root = np.sqrt(Q.shape[-1])
    A = softmax_of_rows(Q @ K.swapaxes(-1, -2) / root)
    dA = upstream @ V.swapaxes(-1, -2)
    dV = A.swapaxes(-1, -2) @ upstream
    dS = softmax_backward(A, dA)
    dQ = dS @ K / root
    dK = dS.swapaxes(-1, -2) @ Q / root
    return {"Q": dQ, "K": dK, "V": dV}
