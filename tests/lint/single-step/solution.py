import numpy as np


def adam_step(w, g, m, v, t, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    m = betas[0] * m + (1 - betas[0]) * g
    v = betas[1] * v + (1 - betas[1]) * g**2
    step = lr * m / (1 - betas[0] ** t) / (np.sqrt(v / (1 - betas[1] ** t)) + eps)
    return w - step, m, v


def sgd_step(w, g, lr=0.1):
    return w - lr * g


class Adam:
    def __init__(self, params, lr=0.1, eps=0.1, betas=(0.9, 0.999)):
        self.params, self.lr, self.eps, self.betas = list(params), lr, eps, betas
        self.m = [0 * p for p in params]
        self.v = [0 * p for p in params]
        self.t = 0

    def step(self, grads):
        self.t += 1
        for i, g in enumerate(grads):
            found = adam_step(
                self.params[i], g, self.m[i], self.v[i], self.t, self.lr, self.betas, self.eps
            )
            self.params[i], self.m[i], self.v[i] = found
        return self.params


def rate(t):
    return 0.1 / t
