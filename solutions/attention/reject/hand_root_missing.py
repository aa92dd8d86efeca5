"""The scores are not divided by the root of d.

fails: by-hand
says: root of d missing
"""

# %% by-hand
my_attention = {"scores": None, "weights": None, "output": None}
query, keys, values = (np.array(numbers[name]) for name in ("query", "keys", "values"))
my_attention["scores"] = keys @ query
my_attention["weights"] = np.exp(my_attention["scores"]) / np.sum(np.exp(my_attention["scores"]))
my_attention["output"] = my_attention["weights"] @ values
