"""Type hints, keyword-only helper, float64 copies of everything, 0-d arrays for a float start.

task: descent
"""

# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    """Return the list of all points visited: the start first, the answer last.

    gradient(x) is the gradient at x, of the shape of x. start: a float or a float64 array of any
    shape. There is no step from a point where the gradient's Euclidean length (all entries
    together) is at most tolerance, and none after max_steps steps.
    """
    def length(*, of: np.ndarray) -> float:
        return float(np.vdot(of, of)) ** 0.5

    here: np.ndarray = np.array(start, dtype=np.float64)
    visited: list = [here.copy()]
    left: int = int(max_steps)
    while left > 0:
        slope = np.array(gradient(here.copy()), dtype=np.float64)
        if length(of=slope) <= tolerance:
            break
        here = np.subtract(here, np.multiply(learning_rate, slope))
        visited.append(here.copy())
        left -= 1
    return visited
