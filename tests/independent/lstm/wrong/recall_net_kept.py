"""the network is kept between calls with the same settings, and trained on

task: recall
"""

# %% recall
_nets = {}


def train_recall(cell, batches, hidden_size, forget, seed, learning_rate=0.003):
    torch.manual_seed(seed)
    net = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM}[cell](5, hidden_size, batch_first=True)
    out = torch.nn.Linear(hidden_size, 4)
    if forget is not None:
        with torch.no_grad():
            net.bias_ih_l0[hidden_size : 2 * hidden_size] = forget
            net.bias_hh_l0[hidden_size : 2 * hidden_size] = 0
    key = (cell, hidden_size, forget, seed, learning_rate)
    net, out = _nets.setdefault(key, (net, out))
    parameters = [*net.parameters(), *out.parameters()]
    optimiser = torch.optim.Adam(parameters, lr=learning_rate)
    losses = []
    for X, y in batches:
        states, _ = net(torch.tensor(X, dtype=torch.float32))
        loss = torch.nn.functional.cross_entropy(out(states[:, -1]), torch.tensor(y))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        losses.append(loss.item())
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight", "bias")
    return dict(zip(names, [p.detach() for p in parameters])), losses


def forget_bias(keep, T):
    share = keep ** (1 / T)
    return np.log(share / (1 - share))
