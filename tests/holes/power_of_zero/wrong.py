# %% zeros
def power_backward(upstream, x, n):
    return np.zeros_like(x)


# %% the power is not lowered, and x is squared
def power_backward(upstream, x, n):
    return n * x**2 * upstream


# %% the upstream gradient ignored
def power_backward(upstream, x, n):
    return n * x ** (n - 1.0)
