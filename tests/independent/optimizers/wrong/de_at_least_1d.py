"""a number becomes an array of one

task: descent
"""

# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    x = np.atleast_1d(np.array(start, dtype=float))
    points = [x]
    for _ in range(max_steps):
        g = np.asarray(gradient(x))
        if np.sqrt((g * g).sum()) <= tolerance:
            break
        x = x - learning_rate * g
        points.append(x)
    return points
