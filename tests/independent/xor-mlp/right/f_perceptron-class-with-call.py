"""A class whose objects are called with one point at a time; best_line as lists of integers with unequal weights.

task: perceptron
"""

# %% perceptron
class Rosenblatt:
    def __init__(self, inputs):
        self.w = [0.0] * inputs
        self.b = 0.0

    def __call__(self, x):
        z = self.b
        z = sum((wi * xi for wi, xi in zip(self.w, x)), 0.0) + z
        return +1 if z > 0 else -1

    def correct(self, x, label):
        self.w = [wi + label * xi for wi, xi in zip(self.w, x)]
        self.b += label


def perceptron(X, y, rows):
    unit = Rosenblatt(len(X[0]))
    mistakes = [0 for _ in y]
    for n in rows:
        if unit(X[n]) != y[n]:
            unit.correct(X[n], y[n])
            mistakes[n] += 1
    return np.array(unit.w, dtype=float), unit.b, mistakes

# %% best-line
best_line = {"w": [1, 3], "b": 0}
