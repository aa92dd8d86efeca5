"""a mask of three axes is taken for (B, N, M)

task: multi-head
"""

# %% multi-head
def multi_head(X, context, params, heads, mask=None):
    if mask is not None and np.ndim(mask) == 3:
        mask = np.asarray(mask)[:, None]
    Q = split_heads(X @ params["W_q"], heads)
    K = split_heads(context @ params["W_k"], heads)
    V = split_heads(context @ params["W_v"], heads)
    return merge_heads(attend(Q, K, V, mask)) @ params["W_o"]


def split_heads(X, heads):
    B, N, E = X.shape
    return X.reshape(B, N, heads, E // heads).swapaxes(1, 2)


def merge_heads(X):
    B, heads, N, d = X.shape
    return X.swapaxes(1, 2).reshape(B, N, heads * d)
