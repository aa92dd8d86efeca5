"""The forget gate's bias is set again after every step, so it is never trained: wrong after any batch with a forget bias.

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

    @torch.no_grad()
    def set_forget_bias():
        if forget is not None:
            net.bias_ih_l0[n : 2 * n] = forget
            net.bias_hh_l0[n : 2 * n] = 0

    set_forget_bias()
    parameters = [*net.parameters(), *output.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=learning_rate)
    losses = []
    for X, y in batches:
        inputs, labels = torch.tensor(X, dtype=torch.float32), torch.tensor(y)
        H, _ = net(inputs)
        loss = torch.nn.functional.cross_entropy(output(H[:, -1]), labels)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        set_forget_bias()
        losses.append(loss.item())
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight", "bias")
    return {name: p.detach().numpy() for name, p in zip(names, parameters)}, losses
