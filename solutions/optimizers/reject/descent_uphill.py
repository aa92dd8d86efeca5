"""The step is added: the walk climbs.

fails: descent
says: uphill
"""


# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    path = [start]
    for _ in range(max_steps):
        slope = gradient(path[-1])
        if np.linalg.norm(slope) <= tolerance:
            break
        path.append(path[-1] + learning_rate * slope)
    return path
