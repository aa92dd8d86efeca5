answers = {"total": 3.0}


def add(x, y):
    return x + y


def total(x):
    return x.sum()


def pair(x, y):
    return [x + y, x - y]
