"""Gives up as soon as the gradient gets longer than it was before, so a diverging walk (or one over a hill) has too few points.

task: descent
"""

# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    """Return the list of all points visited: the start first, the answer last.

    gradient(x) is the gradient at x, of the shape of x. start: a float or a float64 array of any
    shape. There is no step from a point where the gradient's Euclidean length (all entries
    together) is at most tolerance, and none after max_steps steps.
    """
    points, before = [start], np.inf
    for _ in range(max_steps):
        g = gradient(points[-1])
        length = np.linalg.norm(g)
        if length <= tolerance or length > before:
            break
        before = length
        points.append(points[-1] - learning_rate * g)
    return points
