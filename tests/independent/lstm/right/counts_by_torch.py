"""counts what torch makes

task: counts
"""

# %% counts
def parameter_count(cell, d_x, d_h, biases=1):
    net = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[cell](d_x, d_h, device="meta")
    sizes = {name: p.numel() for name, p in net.named_parameters()}
    return sum(v for k, v in sizes.items() if "weight" in k) + biases * sizes["bias_ih_l0"]
