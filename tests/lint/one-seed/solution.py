def split(x, share, seed=0):
    return x[: int(share * len(x))], x[int(share * len(x)) :]
