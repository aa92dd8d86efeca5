"""merging takes the smaller axis for the heads

task: multi-head
"""

# %% multi-head
def merge_heads(X):
    B, a, b, d = X.shape
    if a > b:
        return X.reshape(B, a, b * d)
    return X.transpose(0, 2, 1, 3).reshape(B, b, a * d)


def split_heads(X, heads):
    B, N, E = X.shape
    return X.reshape(B, N, heads, E // heads).swapaxes(1, 2)


def multi_head(X, context, params, heads, mask=None):
    Q = split_heads(X @ params["W_q"], heads)
    K = split_heads(context @ params["W_k"], heads)
    V = split_heads(context @ params["W_v"], heads)
    return merge_heads(attend(Q, K, V, mask)) @ params["W_o"]
