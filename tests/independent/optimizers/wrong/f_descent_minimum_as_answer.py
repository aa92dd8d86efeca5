"""Sorts out the walk's shortest-gradient point and puts it last, so for an overshooting walk the last point is not the last one visited.

task: descent
"""

# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    """Return the list of all points visited: the start first, the answer last.

    gradient(x) is the gradient at x, of the shape of x. start: a float or a float64 array of any
    shape. There is no step from a point where the gradient's Euclidean length (all entries
    together) is at most tolerance, and none after max_steps steps.
    """
    points, best, best_length = [start], start, np.inf
    for _ in range(max_steps + 1):
        g = gradient(points[-1])
        length = np.linalg.norm(g)
        if length < best_length:
            best, best_length = points[-1], length
        if length <= tolerance or len(points) > max_steps:
            break
        points.append(points[-1] - learning_rate * g)
    if best is not points[-1]:
        points.append(best)  # the answer last
    return points
