"""The output projection W_o is missing.

fails: multi-head
says: W_o missing
"""


# %% multi-head
def split_heads(X, heads):
    B, N, E = X.shape
    return X.reshape(B, N, heads, E // heads).swapaxes(1, 2)


def merge_heads(X):
    B, heads, N, d = X.shape
    return X.swapaxes(1, 2).reshape(B, N, heads * d)


def multi_head(X, context, params, heads, mask=None):
    Q = split_heads(X @ params["W_q"], heads)
    K = split_heads(context @ params["W_k"], heads)
    V = split_heads(context @ params["W_v"], heads)
    return merge_heads(attend(Q, K, V, mask))
