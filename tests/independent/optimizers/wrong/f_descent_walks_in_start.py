"""Walks with x -= ... on the start array itself and records copies: the path is right, but the caller's start array is overwritten.

task: descent
"""

# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    """Return the list of all points visited: the start first, the answer last.

    gradient(x) is the gradient at x, of the shape of x. start: a float or a float64 array of any
    shape. There is no step from a point where the gradient's Euclidean length (all entries
    together) is at most tolerance, and none after max_steps steps.
    """
    x = start
    points = [np.copy(x)]
    for _ in range(max_steps):
        g = gradient(x)
        if np.linalg.norm(g) <= tolerance:
            break
        x -= learning_rate * g
        points.append(np.copy(x))
    return points
