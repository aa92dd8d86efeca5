"""The same lines and numbers in another form; the scalar sums as powers; a recursion."""

# %% bptt-lines
bptt_lines = {
    "dl_ds": "(1 - y)*p - y*(1 - p)",
    "dl_dw2": "(p - y)*h3",
    "dl_dh3": "w2*(p - y)",
    "dl_dh2": "w1*w2*(p - y)*(1 - h3)*(1 + h3)",
    "dl_dh1": "w1**2*w2*(p - y)*(1 - h3**2)*(1 - h2**2)",
    "dl_dw1": "(1 - h3**2)*dl_dh3*(h2 + w1*(1 - h2**2)*(h1 + w1*(1 - h1**2)*h0))",
    "dl_dw0": "(1 - h3**2)*dl_dh3*(x3 + w1*(1 - h2**2)*(x2 + w1*(1 - h1**2)*x1))",
    "dl_dh0": "w1**3*w2*(p - y)*(1 - h3**2)*(1 - h2**2)*(1 - tanh(w0*x1 + w1*h0)**2)",
}


# %% linear-bptt
def state_gradients(dO, W_hh, W_qh):
    if len(dO) == 1:
        return dO @ W_qh
    later = state_gradients(dO[1:], W_hh, W_qh)
    return np.vstack([dO[0] @ W_qh + W_hh.T @ later[0], later])


# %% counts
def parameter_count(cell, d_x, d_h, biases=1):
    one = d_h**2 + d_h * d_x + biases * d_h
    if cell == "lstm":
        return 4 * one
    return 3 * one if cell == "gru" else one


# %% own-counts
my_counts = {
    "torch": sum(p.numel() for p in torch.nn.LSTM(my_sizes["d_x"], my_sizes["d_h"]).parameters()),
    "lstm": parameter_count("lstm", my_sizes["d_x"], my_sizes["d_h"]),
    "hidden": next(
        n for n in range(999) if parameter_count("gru", my_sizes["d_x"], n, 2) == my_sizes["gru"]
    ),
}

# %% own-powers
A, power, sizes = my_matrix, np.eye(2), []
for _ in range(300):
    power = power @ A
    sizes.append(np.sqrt(np.linalg.eigvalsh(power.T @ power).max()))
below = len(sizes)
while sizes[below - 2] < 1:
    below -= 1
my_powers = {"peak": np.float32(max(sizes)), "below": below}

# %% own-stack
k, steps = my_view["kernel"], my_view["steps"]
layers = int(np.ceil(np.log2((steps - 1) / (k - 1) + 1)))
my_stack = {
    "layers": np.int64(layers),
    "field": (k - 1) * (2**layers - 1) + 1,
    "plain": int(np.ceil((steps - 1) / (k - 1))),
}
