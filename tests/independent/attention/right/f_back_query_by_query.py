"""query by query with the gradients of keys and values added up in loops, the softmax's Jacobian centred

task: backward
"""

# %% backward
def softmax_backward(weights, upstream):
    centred = upstream - (weights[..., None, :] @ upstream[..., :, None])[..., 0]
    return np.multiply(weights, centred)


def attention_backward(upstream, Q, K, V):
    grads = {"Q": np.zeros(Q.shape), "K": np.zeros(K.shape), "V": np.zeros(V.shape)}
    for at in np.ndindex(*Q.shape[:-1]):
        front, q, g = at[:-1], Q[at], upstream[at]
        a = softmax_of_rows(K[front] @ q / np.sqrt(len(q)))
        ds = softmax_backward(a, V[front] @ g) / np.sqrt(len(q))
        grads["Q"][at] = ds @ K[front]
        grads["K"][front] += ds[:, None] * q
        grads["V"][front] += a[:, None] * g
    return grads
