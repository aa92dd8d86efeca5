"""a Module with a ParameterDict, sdpa for the output and a second computation of the weights, one parameter group per tensor

task: language-model
"""

# %% language-model
F = torch.nn.functional


class Model(torch.nn.Module):
    def __init__(self, params, heads):
        super().__init__()
        self.p, self.heads = params, heads

    def split(self, Z, name):
        return torch.stack((Z @ self.p[name]).chunk(self.heads, dim=-1), dim=1)

    def forward(self, x):
        p, T = self.p, x.shape[-1]
        X = p["tokens"][x] + p["positions"][torch.arange(T)]
        Z = F.layer_norm(X, X.shape[-1:], p["gamma1"], p["beta1"])
        Q, K, V = (self.split(Z, name) for name in ("W_q", "W_k", "W_v"))
        looked = F.scaled_dot_product_attention(Q, K, V, is_causal=True)
        X = X + torch.cat(looked.unbind(dim=1), dim=-1) @ p["W_o"]
        Z = F.layer_norm(X, X.shape[-1:], p["gamma2"], p["beta2"])
        X = X + F.linear(F.relu(F.linear(Z, p["W1"].T, p["b1"])), p["W2"].T, p["b2"])
        future = torch.full((T, T), -torch.inf, dtype=X.dtype).triu(1)
        weights = (Q @ K.mT / K.shape[-1] ** 0.5 + future).softmax(dim=-1)
        return X @ p["U"], weights


def causal_logits(params, x, heads=2):
    return Model(params, heads)(x)


def next_letter_loss(params, x, heads=2):
    logits, _ = Model(params, heads)(x)
    return F.cross_entropy(logits[:, :-1].transpose(1, 2), x[:, 1:])


def train(params, batches, learning_rate=0.02, heads=2):
    parameters = torch.nn.ParameterDict({k: torch.nn.Parameter(v.detach().clone()) for k, v in params.items()})
    groups = [{"params": [value]} for value in parameters.values()]
    optimiser = torch.optim.Adam(groups, lr=learning_rate)

    def step(batch):
        def closure():
            optimiser.zero_grad()
            loss = next_letter_loss(parameters, batch, heads)
            loss.backward()
            return loss

        return float(optimiser.step(closure))

    losses = [step(batch) for batch in batches]
    return {k: v.detach() for k, v in parameters.items()}, losses
