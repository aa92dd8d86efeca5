"""a generator whose points become a list of lists

task: descent
"""

# %% descent
import itertools


def points(gradient, x, rate, tolerance):
    while True:
        yield x
        g = gradient(x)
        if float(np.sqrt(np.vdot(g, g))) <= tolerance:
            return
        x = x - rate * g


def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    return list(itertools.islice(points(gradient, start, learning_rate, tolerance), max_steps + 1))
