"""Rounds the gradients to three decimals, not to four significant digits: wrong by more than 5e-4 relative for every gradient well below 1 (most names).

task: scalar-network
"""

# %% scalar-network
x, y, w0, w1, w2 = (numbers[name] for name in ("x", "y", "w0", "w1", "w2"))
h1 = logistic(w0 * x)
h2 = logistic(w1 * h1)
dl_df = 2 * (w2 * h2 - y)
dl_da2 = dl_df * w2 * h2 * (1 - h2)
dl_da1 = dl_da2 * w1 * h1 * (1 - h1)
my_gradients = {
    "w0": round(float(dl_da1 * x), 3),
    "w1": round(float(dl_da2 * h1), 3),
    "w2": round(float(dl_df * h2), 3),
}
