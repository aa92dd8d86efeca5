import numpy as np

answer = "(b)"


def conv(x, w):
    return np.correlate(x, w, "valid")


def slope(x):
    return np.cos(x)


def softmax(z):
    raised = np.exp(z - z.max())
    return raised / raised.sum()


class MLP:
    def __init__(self, inputs, hidden, outputs):
        self.W = np.linspace(-1, 1, inputs * hidden).reshape(inputs, hidden)
        self.b = np.linspace(0, 1, hidden)

    def forward(self, x):
        return np.tanh(x @ self.W + self.b)

    def size(self):
        return self.W.size + self.b.size
