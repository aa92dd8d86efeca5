"""torch inside, tensors out (float64), recursion over the axes in front

task: attention
"""

# %% attention
def softmax(Z, axis=-1):
    Z = torch.tensor(Z, dtype=torch.float64)
    return torch.exp(torch.log_softmax(Z, axis))


def attention(Q, K, V):
    Q, K, V = (torch.tensor(np.asarray(part), dtype=torch.float64) for part in (Q, K, V))
    if Q.ndim > 2:
        parts = [attention(*each) for each in zip(Q, K, V)]
        return tuple(torch.stack(each) for each in zip(*parts))
    A = softmax((Q @ K.T / Q.shape[1] ** 0.5).numpy())
    return A @ V, A
