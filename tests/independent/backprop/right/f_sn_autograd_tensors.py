"""The numbers by torch's autograd on float64 leaves, kept as tensors without gradient.

task: scalar-network
"""

# %% scalar-network
_leaf = {n: torch.tensor(v, dtype=torch.float64, requires_grad=True) for n, v in numbers.items()}
_out = _leaf["w2"] * torch.sigmoid(_leaf["w1"] * torch.sigmoid(_leaf["w0"] * _leaf["x"]))
((_out - _leaf["y"]) ** 2).backward()
my_gradients = {n: _leaf[n].grad.detach() for n in ("w0", "w1", "w2")}
