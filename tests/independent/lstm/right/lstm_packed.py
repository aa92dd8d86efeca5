"""torch's packed sequences in float64

task: lstm
"""

# %% lstm
def lstm_sequence(X, lengths, h0, c0, W, b):
    from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

    d_h = h0.shape[1]
    d_x = W.shape[1] - d_h
    rows = np.arange(4 * d_h).reshape(4, d_h)[[1, 0, 2, 3]].ravel()
    net = torch.nn.LSTM(d_x, d_h, batch_first=True, dtype=torch.float64)
    with torch.no_grad():
        net.weight_hh_l0.copy_(torch.tensor(W[rows][:, :d_h]))
        net.weight_ih_l0.copy_(torch.tensor(W[rows][:, d_h:]))
        net.bias_hh_l0.copy_(torch.tensor(b[rows]))
        net.bias_ih_l0.zero_()
        packed = pack_padded_sequence(torch.tensor(X), torch.tensor(lengths), batch_first=True, enforce_sorted=False)
        out, (h, c) = net(packed, (torch.tensor(h0)[None], torch.tensor(c0)[None]))
        H, _ = pad_packed_sequence(out, batch_first=True, total_length=X.shape[1])
    return H, h[0], c[0]


def lstm_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    W, b = np.concatenate([weight_hh, weight_ih], axis=1), bias_ih + bias_hh
    i, f, g, o = np.split(np.arange(len(b)), 4)
    order = [*f, *i, *g, *o]
    return W[order], b[order]


def lstm_step(x, h, c, W, b):
    f, i, g, o = np.split(np.concatenate([h, x], axis=1) @ W.T + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c
