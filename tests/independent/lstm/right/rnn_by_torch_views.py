"""torch's own network, views of the matrix in a list

task: rnn
"""

# %% rnn
def rnn_step(x, h, W, b):
    x, h, W, b = (torch.as_tensor(v) for v in (x, h, W, b))
    return torch.tanh(torch.cat([h, x], 1) @ W.T + b)


def rnn_sequence(X, h0, W, b):
    d_h, d_x = len(W), W.shape[1] - len(W)
    net = torch.nn.RNN(d_x, d_h, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        net.weight_hh_l0[:] = torch.as_tensor(W[:, :d_h])
        net.weight_ih_l0[:] = torch.as_tensor(W[:, d_h:])
        net.bias_hh_l0[:] = torch.as_tensor(b)
        net.bias_ih_l0[:] = 0
        return net(torch.as_tensor(X), torch.as_tensor(h0)[None])[0]


def split_matrix(W):
    return np.split(W, [W.shape[0]], axis=1)


def rnn_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    return np.concatenate([weight_hh, weight_ih], axis=1), bias_ih + bias_hh
