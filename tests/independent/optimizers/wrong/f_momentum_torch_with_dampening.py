"""For the average gives lr = η(1-β) and dampening = 1-β too: the first step is right, from the second on the gradient is damped twice.

task: momentum
"""

# %% own-torch
eta, beta = my_momentum["eta"], my_momentum["beta"]
torch_settings = {
    "sum": {"lr": eta, "momentum": beta, "dampening": 0},
    "average": {"lr": eta * (1 - beta), "momentum": beta, "dampening": 1 - beta},
}
