"""These are the numbers of the example, not one's own.

fails: by-hand
says: not your own
"""

# %% by-hand
my_attention = {"scores": None, "weights": None, "output": None}
query, keys = np.array([1.0, 0.0]), np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
values = np.array([[1.0, 0.0], [0.0, 2.0], [3.0, 3.0]])
my_attention["scores"] = keys @ query / np.sqrt(2)
my_attention["weights"] = np.exp(my_attention["scores"]) / np.sum(np.exp(my_attention["scores"]))
my_attention["output"] = my_attention["weights"] @ values
