lines = {"d": "2*x"}


def add(x, y):
    return x + y


def double(x):
    return 2 * x
