"""with torch's own functions, in float64, and the losses as numbers

task: language-model
"""

# %% language-model
def causal_logits(params, x, heads=2):
    F = torch.nn.functional
    p = {k: v.double() for k, v in params.items()}
    B, T = x.shape
    V, D = p["tokens"].shape
    X = F.embedding(x, p["tokens"]) + p["positions"].narrow(0, 0, T)
    Z = F.layer_norm(X, [D], p["gamma1"], p["beta1"])
    q, k, v = (F.linear(Z, p[n].T).unflatten(-1, (heads, -1)).movedim(2, 1) for n in ("W_q", "W_k", "W_v"))
    eye = torch.eye(T, dtype=torch.float64).expand(B, heads, T, T)
    weights = F.scaled_dot_product_attention(q, k, eye, is_causal=True)
    X = X + (weights @ v).movedim(1, 2).flatten(2) @ p["W_o"]
    Z = F.layer_norm(X, [D], p["gamma2"], p["beta2"])
    return (X + F.relu(Z @ p["W1"] + p["b1"]) @ p["W2"] + p["b2"]) @ p["U"], weights

def next_letter_loss(params, x, heads=2):
    logits, _ = causal_logits(params, x, heads=heads)
    logp = logits.log_softmax(-1)[:, :-1]
    return -logp.gather(2, x[:, 1:, None]).mean()


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
