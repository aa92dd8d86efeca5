import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_step(x, h, c, W):
    z = {gate: np.concatenate([x, h]) @ weights for gate, weights in W.items()}
    c = sigmoid(z["forget"]) * c + sigmoid(z["input"]) * np.tanh(z["new"])
    return sigmoid(z["output"]) * np.tanh(c), c
