def add_pairs(a, b):
    return a[:, None] + b[None, :]
