# %% zeros
def relu(x):
    return np.zeros_like(x)


# %% one where it is positive
def relu(x):
    return (x > 0) * 1.0
