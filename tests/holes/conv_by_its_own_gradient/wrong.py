# %% the kernel flipped in both directions
plain_conv, plain_backward = conv, conv_backward


def conv(x, w):
    return plain_conv(x, w[::-1])


def conv_backward(upstream, x, w):
    return plain_backward(upstream, x, w[::-1])


# %% only the kernel's first entry
def conv(x, w):
    return x[: len(x) - len(w) + 1] * w[0]


def conv_backward(upstream, x, w):
    return np.append(upstream * w[0], np.zeros(len(w) - 1))
