"""every head gets the mask of the first one

task: multi-head
"""

# %% multi-head
def multi_head(X, context, params, heads, mask=None):
    Q = split_heads(X @ params["W_q"], heads)
    K = split_heads(context @ params["W_k"], heads)
    V = split_heads(context @ params["W_v"], heads)
    if mask is not None and np.ndim(mask) == 4:
        mask = np.asarray(mask)[:, :1]
    out = [attend(Q[:, h], K[:, h], V[:, h], None if mask is None else np.asarray(mask)[:, 0] if np.ndim(mask) == 4 else mask) for h in range(heads)]
    return np.concatenate(out, axis=-1) @ params["W_o"]


def split_heads(X, heads):
    B, N, E = X.shape
    return X.reshape(B, N, heads, E // heads).swapaxes(1, 2)


def merge_heads(X):
    B, heads, N, d = X.shape
    return X.swapaxes(1, 2).reshape(B, N, heads * d)
