"""A gradient as long as the tolerance should be short enough: this walks on.

fails: descent
says: too late
tells: Where the gradient is exactly as long as the tolerance, the walk has to stop.
"""


# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    path = [start]
    for _ in range(max_steps):
        slope = gradient(path[-1])
        if np.linalg.norm(slope) < tolerance:
            break
        path.append(path[-1] - learning_rate * slope)
    return path
