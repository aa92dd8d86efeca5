"""a context with the shape of X is taken for self-attention

task: multi-head
"""

# %% multi-head
def multi_head(X, context, params, heads, mask=None):
    context = X if context.shape == X.shape else context
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
