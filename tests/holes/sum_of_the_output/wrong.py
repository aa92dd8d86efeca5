# %% the output in another order
def conv(x, w):
    return np.array([x[i : i + len(w)] @ w for i in range(len(x) - len(w) + 1)])[::-1]


# %% everything added into one entry
def conv(x, w):
    out = np.zeros(len(x) - len(w) + 1)
    out[0] = sum(x[i : i + len(w)] @ w for i in range(len(out)))
    return out


# %% the upstream gradient ignored
def conv_backward(upstream, x, w):
    dx = np.zeros(len(x))
    for i in range(len(upstream)):
        dx[i : i + len(w)] += w
    return dx
