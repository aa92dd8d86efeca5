"""computes with torch in float64 and returns tensors

task: similarity
"""

# %% similarity
def cosine(A, B):
    """Return the cosines of all rows of A with all rows of B.

    A: (N, d), B: (M, d), float64; result (N, M). It is 0 where either row is a zero vector.
    """
    import torch

    A = torch.as_tensor(np.array(A), dtype=torch.float64)
    B = torch.as_tensor(np.array(B), dtype=torch.float64)
    result = (A @ B.T) / A.norm(dim=1)[:, None] / B.norm(dim=1)[None, :]
    return torch.where(torch.isnan(result), torch.zeros_like(result), result)


def nearest(query, E, k, without=()):
    """Return the numbers of the k rows of E with the largest cosine to query, the largest first.

    query: (d,), E: (V, d). Rows whose numbers are in `without` are never returned; k is at most the
    number of the others. No two cosines are equal in what we ask.
    """
    import torch

    scores = cosine(query[None], E)[0].clone()
    scores[[int(i) for i in without]] = -float("inf")
    return torch.topk(scores, k).indices
