"""The largest entry of the gradient is compared with the tolerance, not its length.

fails: descent
says: too early
tells: The walk stops by the largest entry of the gradient, not by its length.
"""


# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    path = [start]
    for _ in range(max_steps):
        slope = gradient(path[-1])
        if np.max(np.abs(slope)) <= tolerance:
            break
        path.append(path[-1] - learning_rate * slope)
    return path
