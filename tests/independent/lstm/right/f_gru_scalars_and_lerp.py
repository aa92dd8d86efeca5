"""Unusual: the notes' cell on single numbers, torch's with torch.lerp and tensors as results.

task: gru
"""

# %% gru
def gru_step(x, h, W, b):
    import math

    def logistic(a):
        return 0.5 + 0.5 * math.tanh(a / 2)

    def dot(row, values):
        return math.fsum(w * v for w, v in zip(row, values, strict=True))

    out = []
    for xs, hs in zip(x.tolist(), h.tolist()):
        n = len(hs)
        z = [logistic(dot(W[k], hs + xs) + b[k]) for k in range(n)]
        r = [logistic(dot(W[n + k], hs + xs) + b[n + k]) for k in range(n)]
        reset = [r[k] * hs[k] for k in range(n)] + xs
        new = [math.tanh(dot(W[2 * n + k], reset) + b[2 * n + k]) for k in range(n)]
        out.append([(1 - z[k]) * hs[k] + z[k] * new[k] for k in range(n)])
    return np.array(out)


def gru_step_as_in_torch(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    x, h, *params = (torch.tensor(np.array(a), dtype=torch.float64) for a in (x, h, weight_ih, weight_hh, bias_ih, bias_hh))
    i_r, i_z, i_n = torch.nn.functional.linear(x, params[0], params[2]).chunk(3, 1)
    h_r, h_z, h_n = torch.nn.functional.linear(h, params[1], params[3]).chunk(3, 1)
    n = torch.tanh(i_n + torch.sigmoid(i_r + h_r) * h_n)
    return torch.lerp(n, h, torch.sigmoid(i_z + h_z))
