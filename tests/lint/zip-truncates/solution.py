import numpy as np


def grads(x):
    return [2 * x, 4 * x]


def backward(weights):
    return weights[0] @ weights[1], np.ones(2)


def negated(numbers):
    return [-number for number in numbers]
