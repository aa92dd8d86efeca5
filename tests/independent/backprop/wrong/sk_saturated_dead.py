"""a saturated first unit has no slope at all

task: skip-connection
"""

# %% skip-connection
def skip_gradients(x, y, w0, w1, w2):
    h1 = logistic(w0 * x)
    g = logistic(w1 * h1)
    back = 2 * (w2 * (g + h1) - y) / len(x)
    slope = np.where(np.abs(w0 * x) > 5, 0, h1 * (1 - h1))
    inner = g * (1 - g)
    return {
        "w0": float((back * w2 * (1 + inner * w1) * slope * x).sum()),
        "w1": float((back * w2 * inner * h1).sum()),
        "w2": float((back * (g + h1)).sum()),
    }
