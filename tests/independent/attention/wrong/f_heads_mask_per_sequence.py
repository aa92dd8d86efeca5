"""gives a 3-D mask a head axis at place 1, reading (heads, N, M) as (B, N, M): wrong against the promised broadcasting to (B, heads, N, M)

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
    if mask is not None and np.ndim(mask) == 3:
        mask = np.asarray(mask)[:, None]
    Q = split_heads(X @ params["W_q"], heads)
    K = split_heads(context @ params["W_k"], heads)
    V = split_heads(context @ params["W_v"], heads)
    return merge_heads(attend(Q, K, V, mask)) @ params["W_o"]
