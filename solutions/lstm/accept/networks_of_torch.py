"""torch's own networks and functions, mostly in float32, with the weights in their places."""


# %% rnn
def rnn_step(x, h, W, b):
    x, h, W, b = (torch.as_tensor(v).float() for v in (x, h, W, b))
    return torch.tanh(torch.nn.functional.linear(torch.cat([h, x], dim=1), W, b))


def rnn_sequence(X, h0, W, b):
    n = len(b)
    net = torch.nn.RNN(W.shape[1] - n, n, batch_first=True)
    with torch.no_grad():  # public
        net.weight_hh_l0[:] = torch.as_tensor(W[:, :n])
        net.weight_ih_l0[:] = torch.as_tensor(W[:, n:])
        net.bias_ih_l0[:] = torch.as_tensor(b)
        net.bias_hh_l0[:] = 0
        return net(torch.as_tensor(X).float(), torch.as_tensor(h0).float()[None])[0]


def split_matrix(W):
    return torch.as_tensor(W).split([len(W), W.shape[1] - len(W)], dim=1)


def rnn_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    W = torch.cat([torch.as_tensor(weight_hh), torch.as_tensor(weight_ih)], dim=1)
    return W, torch.as_tensor(bias_ih) + torch.as_tensor(bias_hh)


# %% rnn-backward
def rnn_backward(dH, X, h0, H, W):
    # The bias is what makes H of everything else.
    n = h0.shape[1]
    a = np.arctanh(H[:, 0]) - np.concatenate([h0, X[:, 0]], axis=1) @ W.T
    leaves = [torch.tensor(v, requires_grad=True) for v in (X, h0, W, a.mean(axis=0))]
    x, h, w, b = leaves
    loss = 0
    for t in range(X.shape[1]):
        h = torch.tanh(h @ w[:, :n].T + x[:, t] @ w[:, n:].T + b)
        loss = loss + (h * torch.tensor(dH[:, t])).sum()
    slopes = torch.autograd.grad(loss, leaves)
    return {"X": slopes[0], "h0": slopes[1], "W": slopes[2], "b": slopes[3]}


# %% clipping
def jacobian_norms(H, W_hh):
    W = torch.as_tensor(W_hh)
    product = torch.eye(len(W), dtype=W.dtype)
    norms = [1.0]
    for h in reversed(list(torch.as_tensor(H)[1:])):
        product = product @ torch.diag(1 - h**2) @ W
        norms.insert(0, torch.linalg.svdvals(product)[0].item())
    return norms


def clip_by_norm(grads, max_norm):
    tensors = {name: torch.as_tensor(g, dtype=torch.float64) for name, g in grads.items()}
    norm = torch.stack([g.norm() for g in tensors.values()]).norm()
    factor = (max_norm / norm).clamp(max=1)
    return {name: factor * g for name, g in tensors.items()}, norm


# %% lstm
def turned(value):
    """The blocks i, f, g, o as f, i, g, o, or the other way round."""
    i, f, g, o = torch.as_tensor(value).chunk(4)
    return torch.cat([f, i, g, o])


def lstm_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    W = np.concatenate([weight_hh, weight_ih], axis=1)
    return turned(W), turned(bias_ih + bias_hh)


def lstm_step(x, h, c, W, b):
    n = h.shape[1]
    W, b = turned(np.asarray(W)), turned(np.asarray(b))
    cell = torch.nn.LSTMCell(x.shape[1], n).double()
    with torch.no_grad():  # public
        cell.weight_hh[:], cell.weight_ih[:] = W[:, :n], W[:, n:]
        cell.bias_ih[:], cell.bias_hh[:] = b / 2, b / 2
        return cell(torch.as_tensor(x), (torch.as_tensor(h), torch.as_tensor(c)))


def lstm_sequence(X, lengths, h0, c0, W, b):
    n = h0.shape[1]
    W, b = turned(np.asarray(W)), turned(np.asarray(b))
    net = torch.nn.LSTM(X.shape[2], n, batch_first=True).double()
    with torch.no_grad():  # public
        net.weight_hh_l0[:], net.weight_ih_l0[:] = W[:, :n], W[:, n:]
        net.bias_ih_l0[:], net.bias_hh_l0[:] = b, 0
        packed = torch.nn.utils.rnn.pack_padded_sequence(
            torch.as_tensor(X),
            torch.tensor([int(n) for n in lengths]),
            batch_first=True,  # public
            enforce_sorted=False,
        )
        out, (h, c) = net(packed, (torch.as_tensor(h0)[None], torch.as_tensor(c0)[None]))
        H, _ = torch.nn.utils.rnn.pad_packed_sequence(
            out, batch_first=True, total_length=X.shape[1]
        )
    return H, h[0], c[0]


# %% gru
def gru_step(x, h, W, b):
    x, h, W, b = (torch.as_tensor(v).float() for v in (x, h, W, b))
    n = h.shape[1]
    gates = torch.sigmoid(torch.cat([h, x], dim=1) @ W[: 2 * n].T + b[: 2 * n])
    z, r = gates.chunk(2, dim=1)
    new = torch.tanh(torch.cat([r * h, x], dim=1) @ W[2 * n :].T + b[2 * n :])
    return torch.lerp(h, new, z)


def gru_step_as_in_torch(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    cell = torch.nn.GRUCell(x.shape[1], h.shape[1])
    with torch.no_grad():  # public
        for name, value in (("weight_ih", weight_ih), ("weight_hh", weight_hh)):
            getattr(cell, name)[:] = torch.as_tensor(value)
        cell.bias_ih[:], cell.bias_hh[:] = torch.as_tensor(bias_ih), torch.as_tensor(bias_hh)
        return cell(torch.as_tensor(x).float(), torch.as_tensor(h).float())


# %% causal-conv
def causal_conv(X, W, b, dilation=1):
    X, W, b = (torch.as_tensor(v).float() for v in (X, W, b))
    x, w = X.transpose(1, 2), W.flip(0).permute(1, 2, 0)
    front = (len(W) - 1) * dilation
    y = torch.nn.functional.conv1d(x, w, b, dilation=dilation, padding=front)
    return y[:, :, : X.shape[1]].transpose(1, 2)


def receptive_field(kernel, dilations):
    return sum((kernel - 1) * dilation for dilation in dilations) + 1
