"""the Jacobian is built for at most one axis in front

task: backward
"""

# %% backward
def softmax_backward(weights, upstream):
    if weights.ndim == 1:
        return (np.diag(weights) - np.outer(weights, weights)) @ upstream
    out = np.empty_like(weights)
    rows = weights.reshape(-1, weights.shape[-1])
    for i, a in enumerate(rows[: weights.shape[0] * (weights.shape[1] if weights.ndim > 2 else 1)]):
        u = upstream.reshape(rows.shape)[i]
        out.reshape(rows.shape)[i] = (np.diag(a) - np.outer(a, a)) @ u
    return out


def attention_backward(upstream, Q, K, V):
    root = np.sqrt(Q.shape[-1])
    weights = softmax_of_rows(Q @ np.swapaxes(K, -1, -2) / root)
    back = softmax_backward(weights, upstream @ np.swapaxes(V, -1, -2)) / root
    return {
        "Q": back @ K,
        "K": np.swapaxes(back, -1, -2) @ Q,
        "V": np.swapaxes(weights, -1, -2) @ upstream,
    }
