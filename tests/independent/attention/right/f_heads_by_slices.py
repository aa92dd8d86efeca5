"""heads as a stack of slices, the result as a sum over heads of their part of W_o; counts as sums

task: multi-head
"""

# %% multi-head
def split_heads(X, heads):
    return np.stack(np.split(X, heads, axis=-1), axis=1)


def merge_heads(X):
    return np.concatenate([X[:, h] for h in range(X.shape[1])], axis=-1)


def multi_head(X, context, params, heads, mask=None):
    (B, N, _), M = X.shape, context.shape[1]
    if mask is not None:
        mask = np.broadcast_to(mask, (B, heads, N, M))
    columns = np.arange(params["W_o"].shape[0]).reshape(heads, -1)
    total = 0
    for h, own in enumerate(columns):
        Q = X @ params["W_q"][:, own]
        K, V = (context @ params[name][:, own] for name in ("W_k", "W_v"))
        total = total + attend(Q, K, V, None if mask is None else mask[:, h]) @ params["W_o"][own]
    return total

# %% counts
my_counts = {
    "score_multiplications": sum(sizes["n"] ** 2 * (sizes["D"] // sizes["H"]) for _ in range(sizes["H"])),
    "weights_kept": sizes["H"] * sizes["n"] ** 2,
    "feed_forward_parameters": sizes["F"] * (2 * sizes["D"] + 1) + sizes["D"],
    "attention_parameters": sum(sizes["D"] ** 2 for _ in "qkvo"),
}
