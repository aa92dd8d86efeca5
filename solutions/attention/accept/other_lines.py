"""The derivation in other words, and counts made step by step."""

# %% backward-lines
backward_lines = {
    "dl_da": "g @ V.T",
    "dl_dV": "outer(g, a).T",
    "dl_ds": "(diag(a) - outer(a, a)) @ dl_da",
    "dl_dq": "sum(diag(dl_ds) @ K, 0)/d**0.5",
    "dl_dK": "outer(a*(V @ g) - a*dot(o, g), q)*d**(-1/2)",
}


# %% counts
my_counts = {}
head = sizes["D"] // sizes["H"]
projections = 3 * sizes["H"] * sizes["D"] * head
my_counts["attention_parameters"] = float(projections + sizes["H"] * head * sizes["D"])
my_counts["feed_forward_parameters"] = np.int64(
    (sizes["D"] + 1) * sizes["F"] + (sizes["F"] + 1) * sizes["D"]
)
my_counts["weights_kept"] = torch.tensor(sum(sizes["n"] ** 2 for _ in range(sizes["H"])))
my_counts["score_multiplications"] = sizes["H"] * sizes["n"] * head * sizes["n"]
