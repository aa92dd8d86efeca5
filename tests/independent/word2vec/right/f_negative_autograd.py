"""lets torch differentiate logsigmoid; the lines use 1/(1 + exp) and sigmoid(-s)

task: negative
"""

# %% negative
def negative_gradients(W, U, centres, contexts, negatives):
    """Return (loss, dW, dU): the mean over the pairs of the loss with negative samples.

    W, U: (V, d) float64 arrays. centres, contexts: (B,) integer arrays, negatives: (B, K); words
    may occur anywhere and often. loss: a number; dW, dU: (V, d).
    No NaN or infinity for scores up to ±1000: the loss of a pair may then be as large as 1000.
    """
    import torch

    W_ = torch.tensor(W, dtype=torch.float64, requires_grad=True)
    U_ = torch.tensor(U, dtype=torch.float64, requires_grad=True)
    c, o, n = (torch.as_tensor(np.array(x), dtype=torch.int64) for x in (centres, contexts, negatives))
    v = torch.nn.functional.embedding(c, W_)
    seen = torch.linalg.vecdot(U_[o], v)
    made_up = torch.bmm(U_[n], v[:, :, None])[:, :, 0]
    log = torch.nn.functional.logsigmoid
    loss = -(log(seen).sum() + log(-made_up).sum()) / len(c)
    loss.backward()
    return loss.item(), W_.grad.numpy(), U_.grad.numpy()

# %% negative-lines
negative_lines = {
    "dl_ds": "-sigmoid(-s)",
    "dl_dr": "1 / (1 + exp(-r))",
    "dl_dv": "N.T @ sigmoid(N @ v) - u * sigmoid(-dot(v, u))",
    "dl_du": "-v / (1 + exp(s))",
    "dl_dN": "outer(exp(r) / (exp(r) + 1), v)",
}
