"""For the sum gives momentum = 1-β (the two weights exchanged): torch's first step does not show it, the second does.

task: momentum
"""

# %% own-torch
eta, beta = my_momentum["eta"], my_momentum["beta"]
torch_settings = {
    "sum": {"lr": eta, "momentum": 1 - beta, "dampening": 0.0},
    "average": {"lr": eta * (1 - beta), "momentum": beta, "dampening": 0.0},
}
