"""The parameters are called x, y, w1, ... so that the call two_layer_backward(X, Y, **net) of the notebook, with W1 and W2 as keywords, raises a TypeError.

task: two-layer
"""

# %% two-layer
def two_layer_backward(x, y, w1, b1, w2, b2):
    h = logistic(x @ w1 + b1)
    delta = (h @ w2 + b2 - y) / len(x)
    s = delta @ w2.T * h * (1 - h)
    return {"W1": x.T @ s, "b1": s.sum(axis=0), "W2": h.T @ delta, "b2": delta.sum(axis=0)}
