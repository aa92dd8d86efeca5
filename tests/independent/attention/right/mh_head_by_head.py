"""head by head, with columns of the weights

task: multi-head
"""

# %% multi-head
def split_heads(X, heads):
    return np.stack(np.split(X, heads, axis=-1), axis=1)

def merge_heads(X):
    return np.concatenate([X[:, h] for h in range(X.shape[1])], axis=-1)

def multi_head(X, context, params, heads, mask=None):
    d = params["W_q"].shape[1] // heads
    out = 0
    for h in range(heads):
        part = slice(h * d, (h + 1) * d)
        each = None
        if mask is not None:
            each = np.broadcast_to(mask, (len(X), heads, X.shape[1], context.shape[1]))[:, h]
        head = attend(
            X @ params["W_q"][:, part], context @ params["W_k"][:, part], context @ params["W_v"][:, part], each
        )
        out = out + head @ params["W_o"][part]
    return out
