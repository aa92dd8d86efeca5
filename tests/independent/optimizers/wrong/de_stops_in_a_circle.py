"""it stops where it comes back to a point that it has visited

task: descent
"""

# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    points = [start]
    for _ in range(max_steps):
        g = gradient(points[-1])
        new = points[-1] - learning_rate * g
        if np.linalg.norm(g) <= tolerance or any(np.array_equal(new, p) for p in points):
            break
        points.append(new)
    return points
