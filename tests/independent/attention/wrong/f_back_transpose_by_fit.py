"""chooses between dS and its transpose for dK by what fits the shapes, trying dS first: right unless N equals M, where it takes the wrong one

task: backward
"""

# %% backward
def softmax_backward(weights, upstream):
    inner = np.sum(weights * upstream, axis=-1, keepdims=True)
    return weights * (upstream - inner)


def attention_backward(upstream, Q, K, V):
    root = np.sqrt(Q.shape[-1])
    A = softmax_of_rows(Q @ K.swapaxes(-1, -2) / root)
    dA = upstream @ V.swapaxes(-1, -2)
    dV = A.swapaxes(-1, -2) @ upstream
    dS = softmax_backward(A, dA)
    dQ = dS @ K / root
    dK = (dS if dS.shape[-1] == Q.shape[-2] else dS.swapaxes(-1, -2)) @ Q / root
    return {"Q": dQ, "K": dK, "V": dV}
