# %% an empty dictionary
def layer_backward(X, W, upstream):
    return {}


# %% one of two entries
def layer_backward(X, W, upstream):
    return {"W": X.T @ upstream}
