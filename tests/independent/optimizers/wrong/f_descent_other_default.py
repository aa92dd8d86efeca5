"""The signature's default tolerance is 1e-6 instead of 1e-4: too many points for calls that do not name it.

task: descent
"""

# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-6, max_steps=100):
    """Return the list of all points visited: the start first, the answer last.

    gradient(x) is the gradient at x, of the shape of x. start: a float or a float64 array of any
    shape. There is no step from a point where the gradient's Euclidean length (all entries
    together) is at most tolerance, and none after max_steps steps.
    """
    points = [start]
    while len(points) <= max_steps:
        g = gradient(points[-1])
        if np.linalg.norm(g) <= tolerance:
            break
        points.append(points[-1] - learning_rate * g)
    return points
