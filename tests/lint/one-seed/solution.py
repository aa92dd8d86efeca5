def double(x):
    return 2 * x


def split(x, share, seed=0):
    return x[: int(share * len(x))], x[int(share * len(x)) :]


def train(x, seed=0):
    return (x**2).mean()
