def power(x, n):
    return x**n


def flip(coin):
    return 1 - coin
