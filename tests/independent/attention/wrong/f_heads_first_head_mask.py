"""uses only the first head's mask for all heads: right for masks without a head axis, wrong for masks that differ between the heads

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
    if mask is not None and np.ndim(mask) >= 3:
        mask = np.asarray(mask)[..., :1, :, :]
    Q = split_heads(X @ params["W_q"], heads)
    K = split_heads(context @ params["W_k"], heads)
    V = split_heads(context @ params["W_v"], heads)
    return merge_heads(attend(Q, K, V, mask)) @ params["W_o"]
