# %% zeros
def exp_back(upstream, out, x):
    return np.zeros_like(x)


# %% the upstream gradient ignored
def exp_back(upstream, out, x):
    return out


# %% x times the upstream gradient
def exp_back(upstream, out, x):
    return x * upstream


# %% the upstream gradient itself
def exp_back(upstream, out, x):
    return upstream
