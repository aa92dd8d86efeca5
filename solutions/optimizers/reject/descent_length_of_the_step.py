"""The length of the step is compared with the tolerance, not that of the gradient.

fails: descent
says: too early
tells: The walk stops by the length of the step, not by that of the gradient.
"""


# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    path = [start]
    for _ in range(max_steps):
        slope = gradient(path[-1])
        if np.linalg.norm(learning_rate * slope) <= tolerance:
            break
        path.append(path[-1] - learning_rate * slope)
    return path
