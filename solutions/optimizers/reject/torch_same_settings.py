"""Both conventions get the same settings: the average has shorter steps.

fails: momentum
says: other convention
"""

# %% own-torch
torch_settings = {
    "sum": {"lr": None, "momentum": None, "dampening": None},
    "average": {"lr": None, "momentum": None, "dampening": None},
}
eta, beta = my_momentum["eta"], my_momentum["beta"]
torch_settings["sum"] = {"lr": eta, "momentum": beta, "dampening": 0}
torch_settings["average"] = {"lr": eta, "momentum": beta, "dampening": 0}
