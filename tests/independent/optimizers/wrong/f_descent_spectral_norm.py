"""The stopping rule uses np.linalg.norm(g, 2), for a matrix start its largest singular value instead of the Euclidean length of all entries together: stops too early for 2-d starts.

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
    for _ in range(max_steps):
        g = gradient(points[-1])
        if np.linalg.norm(np.atleast_1d(g), 2) <= tolerance:
            break
        points.append(points[-1] - learning_rate * g)
    return points
