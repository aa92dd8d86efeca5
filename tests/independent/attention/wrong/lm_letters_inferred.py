"""one-hot vectors as wide as the largest letter of the batch

task: language-model
"""

# %% language-model
def causal_logits(params, x, heads=2):
    F = torch.nn.functional
    B, T = x.shape
    V, D = params["tokens"].shape
    hot = F.one_hot(x).to(params["tokens"])
    X = hot @ params["tokens"][: hot.shape[-1]] + params["positions"][:T]
    Z = F.layer_norm(X, (D,), params["gamma1"], params["beta1"])
    Q, K, W = ((Z @ params[k]).view(B, T, heads, -1).transpose(1, 2) for k in ("W_q", "W_k", "W_v"))
    S = Q @ K.mT / (D // heads) ** 0.5
    A = S.masked_fill(torch.ones(T, T).triu(1).bool(), -torch.inf).softmax(-1)
    X = X + (A @ W).transpose(1, 2).reshape(B, T, D) @ params["W_o"]
    Z = F.layer_norm(X, (D,), params["gamma2"], params["beta2"])
    X = X + (Z @ params["W1"] + params["b1"]).relu() @ params["W2"] + params["b2"]
    return (X @ params["U"])[..., : hot.shape[-1]], A


def next_letter_loss(params, x, heads=2):
    logits, _ = causal_logits(params, x, heads)
    return torch.nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), x[:, 1:].flatten())


def train(params, batches, learning_rate=0.02, heads=2):
    trained = {name: value.clone().requires_grad_() for name, value in params.items()}
    optimiser = torch.optim.Adam(trained.values(), lr=learning_rate)
    losses = []
    for x in batches:
        optimiser.zero_grad()
        loss = next_letter_loss(trained, x, heads)
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    return {name: value.detach() for name, value in trained.items()}, losses
