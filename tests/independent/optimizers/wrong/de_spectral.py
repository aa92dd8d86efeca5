"""a gradient that is a matrix has its spectral norm taken

task: descent
"""

# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    points = [start]
    g = gradient(start)
    while len(points) <= max_steps and np.linalg.norm(np.atleast_1d(g), 2) > tolerance:
        points.append(points[-1] - learning_rate * g)
        g = gradient(points[-1])
    return points
