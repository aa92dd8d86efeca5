# %% zero
def total(x):
    return 0.0


# %% the mean
def total(x):
    return x.mean()
