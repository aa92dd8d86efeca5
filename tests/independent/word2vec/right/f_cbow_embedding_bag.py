"""uses torch's EmbeddingBag on the flat contexts and autograd

task: cbow
"""

# %% cbow
def cbow_gradients(W, U, contexts, centres):
    """Return (loss, dW, dU): the mean of −log P(centre | context) over the examples, its gradients.

    W, U: (V, d) float64 arrays. contexts: a list of B lists of ids, each with at least one, in which
    ids may repeat, of different lengths; centres: (B,) integer array. loss: a number; dW, dU: (V, d).
    No NaN or infinity for scores up to ±1000.
    """
    import torch
    from torch.nn import functional as F

    W_, U_ = (torch.tensor(M, dtype=torch.float64).requires_grad_() for M in (W, U))
    flat = torch.tensor([int(i) for context in contexts for i in context])
    starts = torch.tensor([0, *np.cumsum([len(context) for context in contexts])[:-1].tolist()])
    h = F.embedding_bag(flat, W_, starts, mode="mean")
    loss = F.cross_entropy(h @ U_.T, torch.as_tensor(np.array(centres), dtype=torch.int64))
    return (loss.detach(), *torch.autograd.grad(loss, [W_, U_]))
