def shares(x):
    return x / x.sum()


def mix(A, B):
    return A @ B.T


answer = "(b)"
