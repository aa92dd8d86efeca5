"""-1e9 in place of minus infinity, and the weights times the mask

task: masks
"""

# %% masks
def masked_attention(Q, K, V, mask):
    scores = torch.as_tensor(Q) @ torch.as_tensor(K).mT / Q.shape[-1] ** 0.5
    allowed = torch.as_tensor(np.array(mask)).expand(scores.shape)
    weights = torch.softmax(scores.masked_fill(~allowed, -1e9), dim=-1) * allowed
    return weights @ torch.as_tensor(V), weights

def causal_mask(n):
    return torch.ones(n, n, dtype=torch.bool).tril()

def padding_mask(lengths, n):
    return [[j < length for j in range(n)] for length in lengths]
