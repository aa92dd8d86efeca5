"""Unusual: the dictionary of arrays is made before training and shares the memory of the parameters; losses are NumPy floats; the optimizer is made before the biases are set, and only bias_ih is moved.

task: recall
"""

# %% recall
def forget_bias(keep, T):
    """By Newton's method on T log sigmoid(b) = log keep."""
    b = float(np.log(T))
    for _ in range(200):
        log_share = -float(np.logaddexp(0.0, -b))
        step = (np.log(keep) - T * log_share) / (T * (1 - np.exp(log_share)))
        b += float(np.clip(step, -2, 2))
    return b


def train_recall(cell, batches, hidden_size, forget, seed, learning_rate=0.003):
    torch.manual_seed(seed)  # as the task wants it, right before the network
    kind = torch.nn.LSTM if cell == "lstm" else torch.nn.RNN
    net = kind(5, hidden_size, batch_first=True)
    output = torch.nn.Linear(hidden_size, 4)
    n = hidden_size
    module = torch.nn.ModuleList([net, output])
    optimizer = torch.optim.Adam(module.parameters(), lr=learning_rate)
    result = {
        name.split(".")[1].removesuffix("_l0"): p.detach().numpy() for name, p in module.named_parameters()
    }
    if forget is not None:
        with torch.no_grad():
            total = net.bias_ih_l0 + net.bias_hh_l0
            net.bias_ih_l0[n : 2 * n] += forget - total[n : 2 * n]
    losses = []
    for X, y in batches:
        inputs, labels = torch.tensor(X, dtype=torch.float32), torch.tensor(y)
        H = net(inputs)[0]
        loss = torch.nn.functional.cross_entropy(output(H[:, -1]), labels)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(module.parameters(), max_norm=1)
        optimizer.step()
        losses.append(np.float64(loss.detach().numpy()))
    return result, losses
