"""takes h2 as f/w2: nan for w2 = 0

task: skip-connection
"""

# %% skip-connection
def skip_gradients(x, y, w0, w1, w2):
    h1 = logistic(w0 * x)
    f = w2 * (logistic(w1 * h1) + h1)
    back = 2 * (f - y) / len(x)
    h2 = f / np.float64(w2)
    inner = (h2 - h1) * (1 - h2 + h1)
    return {
        "w0": float((back * w2 * (1 + inner * w1) * h1 * (1 - h1) * x).sum()),
        "w1": float((back * w2 * inner * h1).sum()),
        "w2": float((back * h2).sum()),
    }
