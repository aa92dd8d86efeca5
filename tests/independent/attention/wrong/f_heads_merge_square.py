"""merge_heads exchanges positions and heads only if axis 1 is shorter than axis 2, else takes the array as merged already: wrong if there are more heads than positions

task: multi-head
"""

# %% multi-head
def split_heads(X, heads):
    B, N, E = X.shape
    return X.reshape(B, N, heads, E // heads).swapaxes(1, 2)


def merge_heads(X):
    B, H, N, d = X.shape
    if H <= N:
        X = X.swapaxes(1, 2)
    return X.reshape(B, N, H * d)


def multi_head(X, context, params, heads, mask=None):
    Q = split_heads(X @ params["W_q"], heads)
    K = split_heads(context @ params["W_k"], heads)
    V = split_heads(context @ params["W_v"], heads)
    return merge_heads(attend(Q, K, V, mask)) @ params["W_o"]
