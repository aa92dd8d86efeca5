"""torch's softmax with -inf, the nan rows replaced by zeros by torch.where; masks by cumulative sums and sets of indices

task: masks
"""

# %% masks
def causal_mask(n):
    return np.logical_or.accumulate(np.eye(n, dtype=bool), axis=0)


def padding_mask(lengths, n):
    return np.array([[True] * int(k) + [False] * (n - int(k)) for k in lengths], dtype=bool)


def masked_attention(Q, K, V, mask):
    Q, K, V = (torch.tensor(part, dtype=torch.float64) for part in (Q, K, V))
    mask = torch.tensor(np.asarray(mask), dtype=torch.bool)
    scores = torch.einsum("...nd,...md->...nm", Q, K).div(Q.shape[-1] ** 0.5)
    mask = mask.expand(scores.shape)
    weights = torch.softmax(torch.where(mask, scores, -torch.inf), dim=-1)
    weights = torch.where(mask.any(dim=-1, keepdim=True), weights, torch.zeros((), dtype=torch.float64))
    return (weights @ V).numpy(), weights.numpy()
