"""The point is changed in place, so that all points of the path are the last one.

fails: descent
says: same array
"""


# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    x = np.array(start, dtype=np.float64)
    path = [x]
    for _ in range(max_steps):
        slope = gradient(x)
        if np.linalg.norm(slope) <= tolerance:
            break
        x -= learning_rate * slope
        path.append(x)
    return path
