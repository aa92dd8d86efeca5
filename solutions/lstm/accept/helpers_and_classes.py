"""Objects and helpers that the contract does not know; einsum; masks by multiplication."""


# %% clipping
def jacobian_norms(H, W_hh):
    T = len(H)
    norms = np.ones(T)
    for t in range(T):
        product = np.eye(len(W_hh))
        for s in range(t + 1, T):
            product = np.diag(1 - H[s] ** 2) @ W_hh @ product
        norms[t] = np.linalg.svd(product)[1][0]
    return norms


def clip_by_norm(grads, max_norm):
    whole = np.concatenate([np.ravel(g) for g in grads.values()])
    norm = np.linalg.norm(whole)
    if norm <= max_norm:
        return {name: np.array(g) for name, g in grads.items()}, norm
    return {name: np.array(g) * max_norm / norm for name, g in grads.items()}, norm


# %% lstm
def lstm_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    n = len(bias_ih) // 4
    order = [*range(n, 2 * n), *range(n), *range(2 * n, 4 * n)]
    return np.hstack([weight_hh[order], weight_ih[order]]), (bias_ih + bias_hh)[order]


def gates(x, h, W, b):
    n = h.shape[1]
    a = h @ W[:, :n].T + x @ W[:, n:].T + b
    return [
        sigmoid(a[:, :n]),
        sigmoid(a[:, n : 2 * n]),
        np.tanh(a[:, 2 * n : 3 * n]),
        sigmoid(a[:, -n:]),
    ]


def lstm_step(x, h, c, W, b):
    f, i, g, o = gates(x, h, W, b)
    c = f * c + i * g
    return o * np.tanh(c), c


def lstm_sequence(X, lengths, h0, c0, W, b):
    B, T, _ = X.shape
    lengths = np.array(lengths)
    h, c = np.array(h0), np.array(c0)
    H, C = np.zeros((B, T, h.shape[1])), np.zeros((B, T, h.shape[1]))
    for t in range(T):
        h, c = lstm_step(X[:, t], h, c, W, b)
        H[:, t], C[:, t] = h, c
    rows = np.arange(B)
    mask = (np.arange(T) < lengths[:, None])[:, :, None]
    return H * mask, H[rows, lengths - 1], C[rows, lengths - 1]


# %% recall
class Net(torch.nn.Module):
    def __init__(self, cell, n):
        super().__init__()
        kind = torch.nn.LSTM if cell == "lstm" else torch.nn.RNN
        self.net = kind(5, n, batch_first=True)
        self.out = torch.nn.Linear(n, 4)

    def forward(self, X):
        last = self.net(X)[1]
        return self.out((last[0] if isinstance(last, tuple) else last)[0])


def forget_bias(keep, T):
    return -np.log(keep ** (-1 / T) - 1)


def train_recall(cell, batches, hidden_size, forget, seed, learning_rate=0.003):
    torch.manual_seed(seed)  # public
    model = Net(cell, hidden_size)
    if forget is not None:
        with torch.no_grad():  # public
            for bias in (model.net.bias_ih_l0, model.net.bias_hh_l0):
                bias[hidden_size : 2 * hidden_size].fill_(forget / 2)
    model = model.double()
    adam = torch.optim.Adam(model.parameters(), lr=learning_rate)
    losses = []
    for X, y in batches:
        adam.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(torch.tensor(X)), torch.tensor(y))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1)
        adam.step()
        losses.append(loss.detach())
    lstm = [p.detach().numpy() for p in model.net.parameters()]
    params = dict(zip(("weight_ih", "weight_hh", "bias_ih", "bias_hh"), lstm, strict=True))
    return params | {"weight": model.out.weight.detach(), "bias": model.out.bias.detach()}, losses
