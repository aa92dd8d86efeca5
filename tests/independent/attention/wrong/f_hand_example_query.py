"""takes the example's query (1, 0) with one's own keys and values, consistent in itself but not the answer for the own query

task: by-hand
"""

# %% by-hand
query, keys, values = (np.array(numbers[name]) for name in ("query", "keys", "values"))
scores = keys @ query / np.sqrt(2)
query = np.array([1.0, 0.0])
scores = keys @ query / np.sqrt(2)
weights = np.exp(scores) / np.exp(scores).sum()
my_attention = {"scores": scores, "weights": weights, "output": weights @ values}
