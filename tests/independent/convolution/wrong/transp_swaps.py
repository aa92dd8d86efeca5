"""reads the weights as (C, O) where both are equal

task: transposed
"""

# %% transposed
def one_by_one(x, w):
    return np.einsum("ijc,co->ijo", x, w)


def conv_transpose2d(y, w, stride=(1, 1), padding=(0, 0)):
    y, w = torch.tensor(y), torch.tensor(w)
    if w.shape[1] == y.shape[1]:
        w = w.transpose(0, 1)
    return torch.nn.functional.conv_transpose2d(y, w, None, tuple(stride), tuple(padding))
