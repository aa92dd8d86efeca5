"""scores are cosine similarities (dot product over both norms) in place of the dot product over the root of d, consistent further down, wrong for generic numbers

task: by-hand
"""

# %% by-hand
query, keys, values = (np.array(numbers[name]) for name in ("query", "keys", "values"))
scores = keys @ query / (np.linalg.norm(keys, axis=1) * np.linalg.norm(query))
weights = np.exp(scores) / np.exp(scores).sum()
my_attention = {"scores": scores, "weights": weights, "output": weights @ values}
