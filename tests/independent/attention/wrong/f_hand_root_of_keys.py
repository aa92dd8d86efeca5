"""divides by the root of the number of keys (3) instead of the length d = 2; weights and output are consistent with it, wrong for every draw

task: by-hand
"""

# %% by-hand
query, keys, values = (np.array(numbers[name]) for name in ("query", "keys", "values"))
scores = keys @ query / np.sqrt(len(keys))
weights = np.exp(scores) / np.exp(scores).sum()
my_attention = {"scores": scores, "weights": weights, "output": weights @ values}
