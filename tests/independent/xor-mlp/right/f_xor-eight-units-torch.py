"""Eight hidden units as torch tensors: two that do the work and copies of them that share it and some that are never on; the readout at its equality, where f is exactly 0 for class 0.

task: xor-weights
"""

# %% readout
readout = {"v": torch.tensor([-2.0, -2.0]), "c": torch.tensor(1.0)}

# %% xor-weights
_low = torch.tensor([corners["low_1"], corners["low_2"]], dtype=torch.float64)
_high = torch.tensor([corners["high_1"], corners["high_2"]], dtype=torch.float64)
_unit = 1 / (_high - _low)
_one = torch.tensor([[1.0, 1.0]], dtype=torch.float64)
_W1 = torch.stack([_unit, _unit, _unit, -_unit, -_unit, 0 * _unit, 0 * _unit, _unit], dim=1)
_b1 = -_low @ _W1 + torch.tensor([-1.5, -1.5, -1.5, 0.5, 0.5, -1, -2, -9], dtype=torch.float64)
my_xor = {
    "W1": _W1,
    "b1": _b1,
    "W2": torch.tensor([-1.0, -0.5, -0.5, -1.25, -0.75, 4, 5, 6], dtype=torch.float64),
    "b2": torch.tensor(1.0, dtype=torch.float64),
}
