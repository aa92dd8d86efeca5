"""the model text by position (keys and values up to t only), loss by gather, training with autograd.grad

task: language-model
"""

# %% language-model
def norm(X, scale, shift):
    centred = X - X.mean(dim=-1, keepdim=True)
    return scale * centred / torch.sqrt(centred.square().mean(dim=-1, keepdim=True) + 1e-5) + shift


def causal_logits(params, x, heads=2):
    B, T = x.shape
    X = torch.nn.functional.embedding(x, params["tokens"]) + params["positions"].narrow(0, 0, T)
    Z = norm(X, params["gamma1"], params["beta1"])
    Q, K, V = (torch.einsum("btd,de->bte", Z, params[n]).unflatten(2, (heads, -1)) for n in ("W_q", "W_k", "W_v"))
    rows, outputs = [], []
    for t in range(T):
        s = torch.einsum("bhd,bjhd->bhj", Q[:, t], K[:, : t + 1]) / (X.shape[2] // heads) ** 0.5
        a = torch.softmax(s, dim=-1)
        outputs.append(torch.einsum("bhj,bjhd->bhd", a, V[:, : t + 1]).flatten(1))
        rows.append(torch.nn.functional.pad(a, (0, T - 1 - t)))
    X = X + torch.stack(outputs, dim=1) @ params["W_o"]
    Z = norm(X, params["gamma2"], params["beta2"])
    X = X + (Z @ params["W1"] + params["b1"]).clamp(min=0) @ params["W2"] + params["b2"]
    return X @ params["U"], torch.stack(rows, dim=2)


def next_letter_loss(params, x, heads=2):
    logits = causal_logits(params, x, heads=heads)[0]
    surprise = -logits[:, :-1].log_softmax(dim=-1).gather(2, x[:, 1:, None])
    return surprise.sum() / surprise.numel()


def train(params, batches, learning_rate=0.02, heads=2):
    names = list(params)
    values = [params[name].detach().clone().requires_grad_(True) for name in names]
    optimiser = torch.optim.Adam(values, lr=learning_rate)
    losses = []
    for step in range(batches.shape[0]):
        loss = next_letter_loss(dict(zip(names, values)), batches[step], heads)
        for value, gradient in zip(values, torch.autograd.grad(loss, values)):
            value.grad = gradient
        optimiser.step()
        losses.append(loss.item())
    return {name: value.detach().clone() for name, value in zip(names, values)}, losses
