"""a module with both layers, the bias by expm1, arrays in the result

task: recall
"""

# %% recall
def forget_bias(keep, T):
    return -float(np.log(np.expm1(-np.log(keep) / T)))


def train_recall(cell, batches, hidden_size, forget, seed, learning_rate=0.003):
    torch.manual_seed(seed)

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            kind = torch.nn.LSTM if cell == "lstm" else torch.nn.RNN
            self.body = kind(5, hidden_size, batch_first=True)
            self.head = torch.nn.Linear(hidden_size, 4)

        def forward(self, X):
            return self.head(self.body(X)[0][:, -1, :])

    net = Net()
    if forget is not None:
        with torch.no_grad():
            n = hidden_size
            net.body.bias_ih_l0[n : 2 * n].fill_(forget / 2)
            net.body.bias_hh_l0[n : 2 * n].fill_(forget / 2)
    opt = torch.optim.Adam(net.parameters(), lr=learning_rate)
    losses = []
    for X, y in batches:
        loss = torch.nn.CrossEntropyLoss()(net(torch.from_numpy(X).float()), torch.from_numpy(y).long())
        opt.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1)
        opt.step()
        losses.append(float(loss))
    state = {k.split(".")[-1].removesuffix("_l0"): v.numpy() for k, v in net.state_dict().items()}
    return state, losses
