"""A hand-written Adam whose denominator is sqrt(v) + eps with v corrected, but whose m is not corrected: the first steps are ten times too small.

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
    moments = [(torch.zeros_like(p), torch.zeros_like(p)) for p in parameters]
    losses = []
    for X, y in batches:
        inputs, labels = torch.tensor(X, dtype=torch.float32), torch.tensor(y)
        H, _ = net(inputs)
        loss = torch.nn.functional.cross_entropy(output(H[:, -1]), labels)
        for p in parameters:
            p.grad = None
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        with torch.no_grad():
            for p, (m, v) in zip(parameters, moments):
                m.mul_(0.9).add_(p.grad, alpha=0.1)
                v.mul_(0.999).add_(p.grad**2, alpha=0.001)
                root = (v / (1 - 0.999 ** (len(losses) + 1))).sqrt() + 1e-8
                p -= learning_rate * m / root
        losses.append(loss.item())
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight", "bias")
    return {name: p.detach().numpy() for name, p in zip(names, parameters)}, losses
