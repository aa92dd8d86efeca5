"""cuts the heads by the width O of the result over heads instead of E / heads, in a loop of slices: right where O // heads happens to be E // heads (the visible 7 // 2), wrong else

task: multi-head
"""

# %% multi-head
def split_heads(X, heads):
    B, N, E = X.shape
    return X.reshape(B, N, heads, E // heads).swapaxes(1, 2)


def merge_heads(X):
    B, H, N, d = X.shape
    return X.swapaxes(1, 2).reshape(B, N, H * d)


def multi_head(X, context, params, heads, mask=None):
    Q, K, V = X @ params["W_q"], context @ params["W_k"], context @ params["W_v"]
    d = params["W_o"].shape[1] // heads
    if mask is not None:
        mask = np.broadcast_to(mask, (len(X), heads, X.shape[1], context.shape[1]))
    parts = []
    for h in range(heads):
        own = np.s_[:, :, h * d : (h + 1) * d]
        parts.append(attend(Q[own], K[own], V[own], None if mask is None else mask[:, h]))
    return np.concatenate(parts, axis=-1) @ params["W_o"]
