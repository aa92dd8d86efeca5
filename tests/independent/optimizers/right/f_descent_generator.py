"""A generator yields the points and itertools.islice cuts them off.

task: descent
"""

# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    """Return the list of all points visited: the start first, the answer last.

    gradient(x) is the gradient at x, of the shape of x. start: a float or a float64 array of any
    shape. There is no step from a point where the gradient's Euclidean length (all entries
    together) is at most tolerance, and none after max_steps steps.
    """
    from itertools import islice

    def walk(x):
        while True:
            yield x
            slope = gradient(x)
            if np.linalg.norm(slope) <= tolerance:
                return
            x = x - learning_rate * slope

    return list(islice(walk(start), max_steps + 1))
