"""It returns weights that solve XOR at the four corners, without training.

fails: train
says: called 0 times
tells: Nothing is trained: the weights are those of one particular problem.
"""


# %% train
def train(gradients, X, y, hidden, activation, seed, steps=300, learning_rate=1.0):
    W1, b1, W2 = np.zeros((2, hidden)), np.zeros(hidden), np.zeros(hidden)
    W1[:, 0], W1[:, 1], b1[:2] = 9, -9, [-13.5, 4.5]
    W2[:2] = -9
    return {"W1": W1, "b1": b1, "W2": W2, "b2": 4.0}
