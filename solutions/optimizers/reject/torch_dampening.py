"""dampening = 1 − β leaves torch’s first step undamped: it is not the average.

fails: momentum
says: dampening
"""

# %% own-torch
torch_settings = {
    "sum": {"lr": None, "momentum": None, "dampening": None},
    "average": {"lr": None, "momentum": None, "dampening": None},
}
eta, beta = my_momentum["eta"], my_momentum["beta"]
torch_settings["sum"] = {"lr": eta, "momentum": beta, "dampening": 0}
torch_settings["average"] = {"lr": eta, "momentum": beta, "dampening": 1 - beta}
