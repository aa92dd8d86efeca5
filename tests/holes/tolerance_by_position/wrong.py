# %% zeros
def exp_back(upstream, out, x):
    return np.zeros_like(x)


# %% the upstream gradient ignored
def exp_back(upstream, out, x):
    return out


# %% the upstream gradient itself
def exp_back(upstream, out, x):
    return upstream
