"""Own numbers to four digits, and whole numbers as floats."""

# %% own-counts
d_x, d_h = my_sizes["d_x"], my_sizes["d_h"]
lstm = 4.0 * d_h * (d_h + d_x + 1)
my_counts = {"lstm": lstm, "torch": lstm + 4 * d_h, "hidden": 1}
while 3 * my_counts["hidden"] * (my_counts["hidden"] + d_x + 2) < my_sizes["gru"]:
    my_counts["hidden"] += 1

# %% own-powers
norms = [float(np.linalg.norm(np.linalg.matrix_power(my_matrix, k), 2)) for k in range(1, 100)]
my_powers = {"peak": float(f"{max(norms):.4g}")}
my_powers["below"] = float(max(k + 1 for k, norm in enumerate(norms) if norm >= 1) + 1)
