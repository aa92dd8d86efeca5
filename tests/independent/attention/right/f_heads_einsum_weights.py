"""weights reshaped to (D, H, d) and everything in einsum with torch; merge by index arithmetic

task: multi-head
"""

# %% multi-head
def split_heads(X, heads):
    X = np.asarray(X)
    d = X.shape[2] // heads
    index = np.arange(heads)[:, None] * d + np.arange(d)
    return np.ascontiguousarray(np.moveaxis(X[:, :, index], 2, 1))


def merge_heads(X):
    B, H, N, d = X.shape
    out = np.empty((B, N, H * d), dtype=np.asarray(X).dtype)
    for column in range(H * d):
        out[:, :, column] = X[:, column // d, :, column % d]
    return out


def multi_head(X, context, params, heads, mask=None):
    p = {name: torch.tensor(value, dtype=torch.float64) for name, value in params.items()}
    X, C = (torch.tensor(part, dtype=torch.float64) for part in (X, context))
    q, k, v = (p[name].unflatten(1, (heads, -1)) for name in ("W_q", "W_k", "W_v"))
    Q = torch.einsum("bnx,xhd->bhnd", X, q)
    K, V = torch.einsum("bmc,chd->bhmd", C, k), torch.einsum("bmc,chd->bhmd", C, v)
    scores = torch.einsum("bhnd,bhmd->bhnm", Q, K) * Q.shape[-1] ** -0.5
    if mask is not None:
        scores = torch.where(torch.tensor(np.array(mask)), scores, -torch.inf)
    A = scores.softmax(-1)
    return torch.einsum("bhnm,bhmd,hdo->bno", A, V, p["W_o"].unflatten(0, (heads, -1)))

# %% counts
layer = torch.nn.ModuleDict(
    {"1": torch.nn.Linear(sizes["D"], sizes["F"]), "2": torch.nn.Linear(sizes["F"], sizes["D"])}
)
my_counts = {
    "attention_parameters": np.int64(4) * sizes["D"] ** 2,
    "feed_forward_parameters": sum(p.numel() for p in layer.parameters()),
    "weights_kept": float(sizes["H"] * sizes["n"] * sizes["n"]),
    "score_multiplications": sizes["H"] * sizes["n"] ** 2 * (sizes["D"] / sizes["H"]),
}
