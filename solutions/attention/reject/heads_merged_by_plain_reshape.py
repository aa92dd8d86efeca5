"""The heads are put together by a plain reshape, without bringing them back behind the positions.

fails: multi-head
says: not brought back
"""


# %% multi-head
def split_heads(X, heads):
    B, N, E = X.shape
    return X.reshape(B, N, heads, E // heads).swapaxes(1, 2)


def merge_heads(X):
    B, heads, N, d = X.shape
    return X.reshape(B, N, heads * d)


def multi_head(X, context, params, heads, mask=None):
    Q = split_heads(X @ params["W_q"], heads)
    K = split_heads(context @ params["W_k"], heads)
    V = split_heads(context @ params["W_v"], heads)
    return merge_heads(attend(Q, K, V, mask)) @ params["W_o"]
