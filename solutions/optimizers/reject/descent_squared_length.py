"""The squared length of the gradient is compared with the tolerance.

fails: descent
says: stops too
tells: The walk stops by the squared length of the gradient, not by its length.
"""


# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    path = [start]
    for _ in range(max_steps):
        slope = gradient(path[-1])
        if np.sum(slope**2) <= tolerance:
            break
        path.append(path[-1] - learning_rate * slope)
    return path
