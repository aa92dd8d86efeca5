"""Unusual: torch tensors throughout, rows sorted by length so that the batch shrinks, put back with the inverse permutation.

task: lstm
"""

# %% lstm
def T64(a):
    return torch.tensor(np.array(a), dtype=torch.float64)


def lstm_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = T64(np.concatenate([weight_hh, weight_ih], axis=1)).chunk(4)
    b_i, b_f, b_g, b_o = (T64(bias_ih) + T64(bias_hh)).chunk(4)
    return torch.cat([f, i, g, o]), torch.cat([b_f, b_i, b_g, b_o])


def lstm_step(x, h, c, W, b):
    x, h, c, W, b = map(T64, (x, h, c, W, b))
    f, i, g, o = torch.addmm(b, torch.cat([h, x], 1), W.T).chunk(4, dim=1)
    c = torch.addcmul(f.sigmoid() * c, i.sigmoid(), g.tanh())
    return o.sigmoid() * c.tanh(), c


def lstm_sequence(X, lengths, h0, c0, W, b):
    lengths = torch.tensor(np.array(lengths, dtype=np.int64))
    order = torch.argsort(lengths, descending=True)
    back = torch.argsort(order)
    X, h, c = T64(X)[order], T64(h0)[order], T64(c0)[order]
    H = torch.zeros(*X.shape[:2], h.shape[1], dtype=torch.float64)
    for t in range(X.shape[1]):
        n = int((lengths > t).sum())
        if n == 0:
            break
        h[:n], c[:n] = lstm_step(X[:n, t], h[:n], c[:n], W, b)
        H[:n, t] = h[:n]
    return H[back], h[back], c[back]
