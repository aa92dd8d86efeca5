"""Every batch is used for two steps: wrong parameters after one batch, wrong losses from the second.

task: recall
"""

# %% recall
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
        for repeat in range(2):
            H, _ = net(inputs)
            loss = torch.nn.functional.cross_entropy(output(H[:, -1]), labels)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            if repeat == 0:
                losses.append(loss.item())
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight", "bias")
    return {name: p.detach().numpy() for name, p in zip(names, parameters)}, losses
