"""Takes one-sided differences with step 0.01: relative error of about 3e-3 (in w2 exactly h2**2 * 0.01 / gradient) instead of 5e-4.

task: scalar-network
"""

# %% scalar-network
def my_loss(x, y, w0, w1, w2):
    return (w2 * logistic(w1 * logistic(w0 * x)) - y) ** 2


my_gradients = {}
for name in ("w0", "w1", "w2"):
    moved = dict(numbers)
    moved[name] += 0.01
    my_gradients[name] = float((my_loss(**moved) - my_loss(**numbers)) / 0.01)
