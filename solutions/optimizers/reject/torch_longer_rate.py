"""The learning rate of the average is divided by 1 − β where it must be multiplied.

fails: momentum
says: torch
"""

# %% own-torch
torch_settings = {
    "sum": {"lr": None, "momentum": None, "dampening": None},
    "average": {"lr": None, "momentum": None, "dampening": None},
}
eta, beta = my_momentum["eta"], my_momentum["beta"]
torch_settings["sum"] = {"lr": eta, "momentum": beta, "dampening": 0}
torch_settings["average"] = {"lr": eta / (1 - beta), "momentum": beta, "dampening": 0}
