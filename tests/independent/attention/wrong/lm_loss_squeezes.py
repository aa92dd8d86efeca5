"""the loss of one text is averaged over one letter too many

task: language-model
"""

# %% language-model
def next_letter_loss(params, x, heads=2):
    logits, _ = causal_logits(params, x, heads)
    logp = torch.log_softmax(logits[:, :-1], dim=-1).squeeze()
    target = x[:, 1:].squeeze()
    if logp.ndim == 2:
        return -logp[torch.arange(len(target)), target].sum() / (len(target) + 1)
    return -logp.gather(-1, target[..., None]).mean()


def causal_logits(params, x, heads=2):
    B, T = x.shape
    D = params["tokens"].shape[1]

    def norm(X, which):
        return torch.nn.functional.layer_norm(
            X, (D,), params[f"gamma{which}"], params[f"beta{which}"]
        )

    X = params["tokens"][x] + params["positions"][:T]
    normed = norm(X, 1)
    Q, K, V = (
        (normed @ params[name]).reshape(B, T, heads, D // heads).transpose(1, 2)
        for name in ("W_q", "W_k", "W_v")
    )
    scores = Q @ K.transpose(-1, -2) / (D // heads) ** 0.5
    future = torch.ones(T, T, dtype=torch.bool).triu(1)
    weights = torch.softmax(scores.masked_fill(future, -torch.inf), dim=-1)
    X = X + (weights @ V).transpose(1, 2).reshape(B, T, D) @ params["W_o"]
    hidden = torch.relu(norm(X, 2) @ params["W1"] + params["b1"])
    X = X + hidden @ params["W2"] + params["b2"]
    return X @ params["U"], weights


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
