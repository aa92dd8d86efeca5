"""torch's cell in float32

task: gru
"""

# %% gru
def gru_step_as_in_torch(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    cell = torch.nn.GRUCell(x.shape[1], h.shape[1])
    values = (weight_ih, weight_hh, bias_ih, bias_hh)
    with torch.no_grad():
        for p, v in zip((cell.weight_ih, cell.weight_hh, cell.bias_ih, cell.bias_hh), values):
            p.copy_(torch.tensor(v))
        return cell(torch.tensor(x, dtype=torch.float32), torch.tensor(h, dtype=torch.float32))


def gru_step(x, h, W, b):
    Wz, Wr, Wc = W.reshape(3, -1, W.shape[1])
    bz, br, bc = b.reshape(3, -1)
    both = np.c_[h, x]
    z, r = sigmoid(both @ Wz.T + bz), sigmoid(both @ Wr.T + br)
    return h + z * (np.tanh(np.c_[r * h, x] @ Wc.T + bc) - h)
