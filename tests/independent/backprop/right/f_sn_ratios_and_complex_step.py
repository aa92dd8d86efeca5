"""Lines written with ratios of earlier lines; the numbers by the complex step, as NumPy floats.

task: scalar-network
"""

# %% scalar-network-lines
scalar_network_lines = {
    "dl_df": "2*f - 2*y",
    "dl_dw2": "dl_df*f/w2",
    "dl_dh2": "dl_dw2*w2/h2",
    "dl_da2": "dl_dh2*h2 - dl_dh2*h2*h2",
    "dl_dw1": "dl_da2*a2/w1",
    "dl_dh1": "dl_dw1*w1/h1",
    "dl_da1": "dl_dh1*h1/(1 + exp(a1))",
    "dl_dw0": "dl_da1*a1/w0",
}

# %% scalar-network
def complex_loss(**v):
    h1 = 1 / (1 + np.exp(-v["w0"] * v["x"]))
    h2 = 1 / (1 + np.exp(-v["w1"] * h1))
    return (v["w2"] * h2 - v["y"]) ** 2


my_gradients = {}
for _name in ["w2", "w1", "w0"]:
    my_gradients[_name] = np.imag(complex_loss(**{**numbers, _name: numbers[_name] + 1e-30j})) / 1e-30
