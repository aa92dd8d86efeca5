"""Unusual: computes with torch in float64 and returns tensors; the bias is a column more of W.

task: rnn
"""

# %% rnn
def as_tensor(a):
    return torch.tensor(np.array(a), dtype=torch.float64)


def rnn_step(x, h, W, b):
    x, h, W, b = (as_tensor(a) for a in (x, h, W, b))
    ones = torch.ones(len(x), 1, dtype=torch.float64)
    return torch.tanh(torch.cat([h, x, ones], dim=1) @ torch.cat([W, b[:, None]], dim=1).T)


def rnn_sequence(X, h0, W, b):
    H = torch.zeros(X.shape[0], X.shape[1], h0.shape[1], dtype=torch.float64)
    h = h0
    for t, x in enumerate(as_tensor(X).unbind(dim=1)):
        H[:, t] = h = rnn_step(x, h, W, b)
    return H


def split_matrix(W):
    W = as_tensor(W)
    return W[:, : W.shape[0]].clone(), W[:, W.shape[0] :].clone()


def rnn_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    return torch.cat([as_tensor(weight_hh), as_tensor(weight_ih)], 1), as_tensor(bias_ih) + as_tensor(bias_hh)
