"""recursion, lengths by math.hypot, the gradient asked for at the last point too

task: descent
"""

# %% descent
def gradient_descent(gradient, start, learning_rate, tolerance=1e-4, max_steps=100):
    import math

    g = gradient(start)
    if max_steps == 0 or math.hypot(*np.ravel(g)) <= tolerance:
        return [start]
    return [start, *gradient_descent(gradient, start - learning_rate * np.asarray(g), learning_rate, tolerance, max_steps - 1)[0:]]
