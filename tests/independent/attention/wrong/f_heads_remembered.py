"""merge_heads reads the shape to return from the last call of split_heads: wrong for an array of another size that was not split before (or after splitting something else)

task: multi-head
"""

# %% multi-head
last = {}


def split_heads(X, heads):
    B, N, E = X.shape
    last["shape"] = X.shape
    return X.reshape(B, N, heads, E // heads).transpose(0, 2, 1, 3)


def merge_heads(X):
    return X.transpose(0, 2, 1, 3).reshape(last.get("shape", (len(X), X.shape[2], -1)))


def multi_head(X, context, params, heads, mask=None):
    V = split_heads(context @ params["W_v"], heads)
    K = split_heads(context @ params["W_k"], heads)
    Q = split_heads(X @ params["W_q"], heads)
    return merge_heads(attend(Q, K, V, mask)) @ params["W_o"]
