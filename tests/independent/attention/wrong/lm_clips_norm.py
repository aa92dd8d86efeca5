"""the norm of the gradients is clipped to 1 before each step

task: language-model
"""

# %% language-model
def train(params, batches, learning_rate=0.02, heads=2):
    theta = {k: v.detach().clone().requires_grad_() for k, v in params.items()}
    adam, losses = torch.optim.Adam(list(theta.values()), lr=learning_rate), []
    for x in batches:
        adam.zero_grad()
        loss = next_letter_loss(theta, x, heads)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(theta.values(), 1.0)
        adam.step()
        losses.append(float(loss))
    return {k: v.detach() for k, v in theta.items()}, losses


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


def next_letter_loss(params, x, heads=2):
    logits, _ = causal_logits(params, x, heads)
    return torch.nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), x[:, 1:].flatten())
