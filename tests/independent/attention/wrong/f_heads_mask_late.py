"""sets the forbidden weights to zero after the softmax without renewed normalisation: right without a mask, rows sum to less than one with it

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
    weights = softmax_of_rows(Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[-1]))
    if mask is not None:
        weights = weights * mask
    return merge_heads(weights @ V) @ params["W_o"]
