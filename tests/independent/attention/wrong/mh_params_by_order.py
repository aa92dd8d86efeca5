"""the parameters are taken in the order in which they come

task: multi-head
"""

# %% multi-head
def multi_head(X, context, params, heads, mask=None):
    W_q, W_k, W_v, W_o = params.values()
    Q, K, V = split_heads(X @ W_q, heads), split_heads(context @ W_k, heads), split_heads(context @ W_v, heads)
    return merge_heads(attend(Q, K, V, mask)) @ W_o


def split_heads(X, heads):
    B, N, E = X.shape
    return X.reshape(B, N, heads, E // heads).swapaxes(1, 2)


def merge_heads(X):
    B, heads, N, d = X.shape
    return X.swapaxes(1, 2).reshape(B, N, heads * d)
