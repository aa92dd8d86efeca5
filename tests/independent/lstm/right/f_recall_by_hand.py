"""Unusual: Adam, clipping, cross-entropy and zero_grad by hand, the last state from h_n, both biases half of the forget bias, everything copied.

task: recall
"""

# %% recall
def forget_bias(keep, T):
    return -float(np.log(keep ** (-1.0 / T) - 1.0))


def train_recall(cell, batches, hidden_size, forget, seed, learning_rate=0.003):
    torch.manual_seed(seed)
    kind = torch.nn.LSTM if cell == "lstm" else torch.nn.RNN
    net = kind(5, hidden_size, batch_first=True)
    output = torch.nn.Linear(hidden_size, 4)
    n = hidden_size
    if forget is not None:
        with torch.no_grad():
            for bias in (net.bias_ih_l0, net.bias_hh_l0):
                bias[n : 2 * n].fill_(forget / 2)
    parameters = [*net.parameters(), *output.parameters()]
    first = [torch.zeros_like(p) for p in parameters]
    second = [torch.zeros_like(p) for p in parameters]
    losses = []
    for number, (X, y) in enumerate(batches, start=1):
        inputs, labels = torch.tensor(X, dtype=torch.float32), torch.tensor(y)
        last = net(inputs)[1]
        h = last[0][0] if cell == "lstm" else last[0]
        logits = output(h)
        loss = (torch.logsumexp(logits, 1) - logits.gather(1, labels[:, None].long())[:, 0]).mean()
        grads = torch.autograd.grad(loss, parameters)
        norm = torch.cat([g.reshape(-1) for g in grads]).norm()
        with torch.no_grad():
            for p, g, m, v in zip(parameters, grads, first, second):
                g = g / torch.clamp(norm, min=1.0)
                m.mul_(0.9).add_(g, alpha=0.1)
                v.mul_(0.999).addcmul_(g, g, value=0.001)
                p -= learning_rate * (m / (1 - 0.9**number)) / ((v / (1 - 0.999**number)).sqrt() + 1e-8)
        losses.append(float(loss.detach()))
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight", "bias")
    return {name: np.array(p.detach().tolist()) for name, p in zip(names, parameters)}, losses
