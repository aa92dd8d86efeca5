"""Looks at the gradient's length only after a step, so it makes a step from a start that is already within the tolerance.

task: descent
"""

# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    """Return the list of all points visited: the start first, the answer last.

    gradient(x) is the gradient at x, of the shape of x. start: a float or a float64 array of any
    shape. There is no step from a point where the gradient's Euclidean length (all entries
    together) is at most tolerance, and none after max_steps steps.
    """
    points = [start]
    g = gradient(start)
    for _ in range(max_steps):
        points.append(points[-1] - learning_rate * g)
        g = gradient(points[-1])
        if np.linalg.norm(g) <= tolerance:
            break
    return points
