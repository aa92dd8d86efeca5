# %% the untouched starter, zeros everywhere
def loss(w, x):
    return 0.0


def gradient(w, x):
    return np.zeros_like(w)


# %% another loss with its own gradient
def loss(w, x):
    return np.sum(w * x)


def gradient(w, x):
    return x
