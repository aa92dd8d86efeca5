"""The first two weights change places.

fails: scalar-network
says: w0
"""

# %% scalar-network
my_gradients = {"w0": None, "w1": None, "w2": None}
x, y, w1, w0, w2 = (numbers[name] for name in ("x", "y", "w0", "w1", "w2"))
h1 = logistic(w0 * x)
h2 = logistic(w1 * h1)
back_f = 2 * (w2 * h2 - y)
back_a2 = back_f * w2 * h2 * (1 - h2)
back_a1 = back_a2 * w1 * h1 * (1 - h1)
my_gradients = {"w0": float(back_a1 * x), "w1": float(back_a2 * h1), "w2": float(back_f * h2)}
