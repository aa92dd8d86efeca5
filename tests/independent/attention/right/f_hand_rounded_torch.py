"""torch for the sums, rounded to six decimals for the dictionary of lists, filled entry by entry

task: by-hand
"""

# %% by-hand
my_attention = {"scores": None, "weights": None, "output": None}
q = torch.tensor(numbers["query"], dtype=torch.float64)
K = torch.tensor(numbers["keys"], dtype=torch.float64)
V = torch.tensor(numbers["values"], dtype=torch.float64)
my_attention["scores"] = torch.mv(K, q).mul(2 ** -0.5).round(decimals=6).tolist()
my_attention["weights"] = torch.softmax(K @ q / 2**0.5, 0).round(decimals=6).tolist()
my_attention["output"] = (torch.softmax(K @ q / 2**0.5, 0) @ V).round(decimals=6).tolist()
