import numpy as np


class Momentum:
    def __init__(self, params, lr, momentum=0.9):
        self.params = [np.array(p) for p in params]
        self.velocity = [np.zeros_like(p) for p in self.params]
        self.lr, self.momentum = lr, momentum

    def step(self, grads):
        self.velocity = [self.momentum * v + g for v, g in zip(self.velocity, grads)]
        self.params = [p - self.lr * v for p, v in zip(self.params, self.velocity)]
        return self.params


def forward(x, weights):
    for W in weights:
        x = x @ W
    return x
