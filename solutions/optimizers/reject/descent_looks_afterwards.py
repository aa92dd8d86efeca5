"""The gradient is looked at after the step, so that one step too many is made.

fails: descent
says: too late
"""


# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    path = [start]
    for _ in range(max_steps):
        slope = gradient(path[-1])
        path.append(path[-1] - learning_rate * slope)
        if np.linalg.norm(slope) <= tolerance:
            break
    return path
