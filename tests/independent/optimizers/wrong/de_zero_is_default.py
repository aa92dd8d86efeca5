"""a tolerance of 0 or no steps at all count as not given

task: descent
"""

# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    tolerance, max_steps = tolerance or 1e-4, max_steps or 100
    points = [start]
    while len(points) <= max_steps:
        g = np.asarray(gradient(points[-1]))
        if (g**2).sum() <= tolerance**2:
            break
        points.append(points[-1] - learning_rate * g)
    return points
