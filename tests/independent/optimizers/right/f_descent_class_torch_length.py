"""A small class that walks, with the length computed by torch in float64 over the flattened gradient.

task: descent
"""

# %% descent
class Walker:
    """Remembers where it has been."""

    def __init__(self, gradient, rate):
        self.gradient, self.rate, self.path = gradient, rate, []

    def __call__(self, x, tolerance, budget):
        self.path.append(x)
        while budget > 0:
            slope = self.gradient(self.path[-1])
            flat = torch.as_tensor(np.array(slope, dtype=np.float64)).reshape(-1)
            if float(torch.linalg.vector_norm(flat)) <= tolerance:
                break
            self.path.append(self.path[-1] - self.rate * slope)
            budget -= 1
        return self.path


def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    """Return the list of all points visited: the start first, the answer last.

    gradient(x) is the gradient at x, of the shape of x. start: a float or a float64 array of any
    shape. There is no step from a point where the gradient's Euclidean length (all entries
    together) is at most tolerance, and none after max_steps steps.
    """
    return Walker(gradient, learning_rate)(start, tolerance, max_steps)
