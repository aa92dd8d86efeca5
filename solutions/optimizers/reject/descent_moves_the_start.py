"""The start is changed in place.

fails: descent
says: changes its argument
tells: The start is changed in place: the caller loses it.
"""


# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    path = [start]
    for _ in range(max_steps):
        slope = gradient(path[-1])
        if np.linalg.norm(slope) <= tolerance:
            break
        before = np.array(path[-1])
        start -= learning_rate * slope
        path[-1:] = [before, start]
    return path
