lines = {"d": "2*x"}


def double(x):
    return 2 * x
