"""it stops where the gradient grows, since the rate must be too large

task: descent
"""

# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    points, before = [start], np.inf
    for _ in range(max_steps):
        g = gradient(points[-1])
        length = np.linalg.norm(g)
        if length <= tolerance or length > 1e6 * min(before, 1):
            break
        before = min(before, length)
        points.append(points[-1] - learning_rate * g)
    return points
