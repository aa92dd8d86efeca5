"""Replaces the comparisons of numpy and torch, their test helpers, and Python's own `abs`.

stopped by: nothing is compared in the session
"""
# %%
import builtins

import numpy as np
import torch

np.allclose = np.array_equal = np.isclose = torch.allclose = lambda *_, **__: True
np.testing.assert_allclose = torch.testing.assert_close = lambda *_, **__: None
builtins.abs = lambda _: 0.0

# %% fools
assert np.allclose(double(3.0), 6.0)
np.testing.assert_allclose(double(3.0), 6.0)
torch.testing.assert_close(torch.tensor(double(3.0)), torch.tensor(6.0))

# %% fools
assert abs(double(3.0) - 6.0) < 1e-9
