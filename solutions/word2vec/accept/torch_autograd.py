"""Everything that has a gradient by torch's autograd; tensors are returned."""

# %% similarity
import torch


def cosine(A, B):
    A, B = (torch.nn.functional.normalize(torch.as_tensor(M), dim=1, eps=1e-300) for M in (A, B))
    return A @ B.T


def nearest(query, E, k, without=()):
    cosines = cosine(query[None], E)[0].clone()
    cosines[list(without)] = -2
    return torch.topk(cosines, k).indices


# %% softmax
def softmax_gradients(W, U, centres, contexts):
    W, U = (torch.tensor(M, requires_grad=True) for M in (W, U))
    log_p = torch.log_softmax(W[torch.as_tensor(centres)] @ U.T, dim=1)
    loss = -log_p[torch.arange(len(centres)), torch.as_tensor(contexts)].mean()
    loss.backward()
    return loss.detach(), W.grad, U.grad


# %% negative
def negative_gradients(W, U, centres, contexts, negatives):
    W, U = (torch.tensor(M, requires_grad=True) for M in (W, U))
    v = W[torch.as_tensor(centres)]
    true = (U[torch.as_tensor(contexts)] * v).sum(dim=1)
    made_up = torch.bmm(U[torch.as_tensor(negatives)], v[:, :, None]).squeeze(2)
    bce = torch.nn.functional.binary_cross_entropy_with_logits
    loss = bce(true, torch.ones_like(true), reduction="sum")
    loss = loss + bce(made_up, torch.zeros_like(made_up), reduction="sum")
    (loss / len(centres)).backward()
    return (loss / len(centres)).item(), W.grad, U.grad


# %% noise
def noise_distribution(counts, power=0.75):
    weights = torch.as_tensor(counts, dtype=torch.float64) ** power
    return weights / weights.sum()


def draw_negatives(contexts, K, noise, seed):
    generator = torch.Generator().manual_seed(int(np.random.default_rng(seed).integers(2**31)))
    allowed = torch.as_tensor(noise).repeat(len(contexts), 1)
    allowed[torch.arange(len(contexts)), torch.as_tensor(contexts)] = 0
    return torch.multinomial(allowed, K, replacement=True, generator=generator)


# %% cbow
def cbow_gradients(W, U, contexts, centres):
    W, U = (torch.tensor(M, requires_grad=True) for M in (W, U))
    ids = torch.tensor([i for context in contexts for i in context])
    starts = torch.tensor(np.cumsum([0] + [len(context) for context in contexts[:-1]]))
    h = torch.nn.functional.embedding_bag(ids, W, starts, mode="mean")
    loss = torch.nn.functional.cross_entropy(h @ U.T, torch.as_tensor(centres))
    loss.backward()
    return loss.detach(), W.grad, U.grad
