# %% an exception of their own, the traceback of which is lost
def linear(X, W):
    return W @ X


# %% zeros
def linear(X, W):
    return 0 * (X @ W)
