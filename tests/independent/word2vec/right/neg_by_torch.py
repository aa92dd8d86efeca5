"""autograd in float64, one label for each score

task: negative
"""

# %% negative
def negative_gradients(W, U, centres, contexts, negatives):
    import torch
    from torch.nn.functional import logsigmoid

    W, U = torch.tensor(W, requires_grad=True), torch.tensor(U, requires_grad=True)
    V = W[torch.tensor(centres)]
    good = logsigmoid((U[torch.tensor(contexts)] * V).sum(1))
    bad = logsigmoid(-(U[torch.tensor(negatives)] @ V[:, :, None]).squeeze(2)).sum(1)
    loss = -(good + bad).mean()
    loss.backward()
    return loss.detach(), W.grad, U.grad
