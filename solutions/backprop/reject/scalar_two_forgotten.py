"""The factor 2 of the square is forgotten, as if the loss had a ½.

fails: scalar-network
says: dl_df
says: times ½
"""

# %% scalar-network-lines
scalar_network_lines = {
    "dl_df": "f - y",
    "dl_dw2": "dl_df*h2",
    "dl_dh2": "dl_df*w2",
    "dl_da2": "dl_dh2*h2*(1 - h2)",
    "dl_dw1": "dl_da2*h1",
    "dl_dh1": "dl_da2*w1",
    "dl_da1": "dl_dh1*h1*(1 - h1)",
    "dl_dw0": "dl_da1*x",
}

# %% scalar-network
my_gradients = {"w0": None, "w1": None, "w2": None}
x, y, w0, w1, w2 = (numbers[name] for name in ("x", "y", "w0", "w1", "w2"))
h1 = logistic(w0 * x)
h2 = logistic(w1 * h1)
back_f = w2 * h2 - y
back_a2 = back_f * w2 * h2 * (1 - h2)
back_a1 = back_a2 * w1 * h1 * (1 - h1)
my_gradients = {"w0": float(back_a1 * x), "w1": float(back_a2 * h1), "w2": float(back_f * h2)}
