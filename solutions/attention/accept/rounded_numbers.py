"""One's own numbers in lists, rounded as the task allows, with a pocket calculator's functions."""

# %% by-hand
from math import exp, sqrt

q = numbers["query"]
scores = [(q[0] * k[0] + q[1] * k[1]) / sqrt(2) for k in numbers["keys"]]
total = sum(exp(score) for score in scores)
weights = [exp(score) / total for score in scores]
output = [sum(a * v[i] for a, v in zip(weights, numbers["values"], strict=True)) for i in (0, 1)]
my_attention = {
    "scores": [round(score, 5) for score in scores],
    "weights": [round(weight, 5) for weight in weights],
    "output": [float(f"{value:.5g}") for value in output],
}
