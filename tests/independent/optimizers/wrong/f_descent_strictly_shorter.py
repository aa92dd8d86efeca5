"""Stops only where the gradient is strictly shorter than tolerance, so it goes on from a point with a length equal to it (tolerance=0 at a zero gradient: 100 needless steps).

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
        slope = gradient(points[-1])
        if np.sqrt(np.sum(np.square(slope))) < tolerance:
            return points
        points.append(points[-1] - learning_rate * slope)
    return points
