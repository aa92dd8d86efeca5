"""The slope of the logistic function is taken at h, its value, instead of at a.

fails: scalar-network
says: is σ′ taken at h instead of a?
"""

# %% scalar-network-lines
scalar_network_lines = {
    "dl_df": "2*(f - y)",
    "dl_dw2": "dl_df*h2",
    "dl_dh2": "dl_df*w2",
    "dl_da2": "dl_dh2*sigmoid(h2)*(1 - sigmoid(h2))",
    "dl_dw1": "dl_da2*h1",
    "dl_dh1": "dl_da2*w1",
    "dl_da1": "dl_dh1*sigmoid(h1)*(1 - sigmoid(h1))",
    "dl_dw0": "dl_da1*x",
}

# %% scalar-network
my_gradients = {"w0": None, "w1": None, "w2": None}
x, y, w0, w1, w2 = (numbers[name] for name in ("x", "y", "w0", "w1", "w2"))
h1 = logistic(w0 * x)
h2 = logistic(w1 * h1)
back_f = 2 * (w2 * h2 - y)
back_a2 = back_f * w2 * logistic(h2) * (1 - logistic(h2))
back_a1 = back_a2 * w1 * logistic(h1) * (1 - logistic(h1))
my_gradients = {"w0": float(back_a1 * x), "w1": float(back_a2 * h1), "w2": float(back_f * h2)}
