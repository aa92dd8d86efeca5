"""one head is not split, and loses the output's weights

task: multi-head
"""

# %% multi-head
def multi_head(X, context, params, heads, mask=None):
    Q, K, V = X @ params["W_q"], context @ params["W_k"], context @ params["W_v"]
    if heads == 1:
        return attend(Q, K, V, mask)
    heads_out = attend(split_heads(Q, heads), split_heads(K, heads), split_heads(V, heads), mask)
    return merge_heads(heads_out) @ params["W_o"]


def split_heads(X, heads):
    B, N, E = X.shape
    return X.reshape(B, N, heads, E // heads).swapaxes(1, 2)


def merge_heads(X):
    B, heads, N, d = X.shape
    return X.swapaxes(1, 2).reshape(B, N, heads * d)
