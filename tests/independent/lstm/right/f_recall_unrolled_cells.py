"""Unusual: torch.nn.LSTM and RNN only hold the parameters; the steps are done by functions of this cell, from the input of each step.

task: recall
"""

# %% recall
def _last_state(cell, inputs, weight_ih, weight_hh, bias_ih, bias_hh):
    h = c = torch.zeros(inputs.shape[0], weight_hh.shape[1])
    for x in inputs.unbind(1):
        a = x @ weight_ih.T + h @ weight_hh.T + bias_ih + bias_hh
        if cell == "rnn":
            h = a.tanh()
        else:
            i, f, g, o = a.chunk(4, dim=1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
    return h


def forget_bias(keep, T):
    q = keep ** (1 / T)
    return float(np.log(q / (1 - q)))


def train_recall(cell, batches, hidden_size, forget, seed, learning_rate=0.003):
    torch.manual_seed(seed)
    kind = torch.nn.LSTM if cell == "lstm" else torch.nn.RNN
    net = kind(5, hidden_size, batch_first=True)
    output = torch.nn.Linear(hidden_size, 4)
    n = hidden_size
    if forget is not None:
        with torch.no_grad():
            net.bias_ih_l0[n : 2 * n] = forget
            net.bias_hh_l0[n : 2 * n] = 0
    parameters = [*net.parameters(), *output.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=learning_rate)
    losses = []
    for X, y in batches:
        inputs, labels = torch.tensor(X, dtype=torch.float32), torch.tensor(y)
        loss = torch.nn.functional.cross_entropy(output(_last_state(cell, inputs, *net.parameters())), labels)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        losses.append(loss.item())
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight", "bias")
    return {name: p.detach().numpy() for name, p in zip(names, parameters)}, losses
