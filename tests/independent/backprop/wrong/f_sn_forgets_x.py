"""The gradient of w0 lacks the factor x, which is 1 in the worked example but not in anybody's own numbers.

task: scalar-network
"""

# %% scalar-network
def my_method(x, y, w0, w1, w2):
    h1 = logistic(w0 * x)
    h2 = logistic(w1 * h1)
    signal = 2 * (w2 * h2 - y)
    g2 = signal * h2
    signal = signal * w2 * h2 * (1 - h2)
    g1 = signal * h1
    g0 = signal * w1 * h1 * (1 - h1)
    return {"w0": float(g0), "w1": float(g1), "w2": float(g2)}


test = my_method(1, 1, 0.5, -1, 2)
assert abs(test["w0"] - 0.0644223) < 1e-6 and abs(test["w1"] + 0.1706368) < 1e-6
my_gradients = my_method(**numbers)
