"""passes the mask on inverted, in the convention of torch's modules: right without a mask, with one each query sees just what it must not

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
    Q = split_heads(X @ params["W_q"], heads)
    K = split_heads(context @ params["W_k"], heads)
    V = split_heads(context @ params["W_v"], heads)
    return merge_heads(attend(Q, K, V, None if mask is None else ~np.asarray(mask))) @ params["W_o"]
