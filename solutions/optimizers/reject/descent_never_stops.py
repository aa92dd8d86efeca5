"""The tolerance is not looked at.

fails: descent
says: too late
tells: The walk goes on however short the gradient is.
"""


# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    path = [start]
    for _ in range(max_steps):
        slope = gradient(path[-1])
        path.append(path[-1] - learning_rate * slope)
    return path
