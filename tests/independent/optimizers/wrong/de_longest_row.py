"""the length is that of the longest row

task: descent
"""

# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    points = [start]
    for _ in range(max_steps):
        g = np.asarray(gradient(points[-1]))
        if np.max(np.sqrt(np.sum(np.atleast_1d(g) ** 2, axis=-1))) <= tolerance:
            return points
        points.append(points[-1] - learning_rate * g)
    return points
