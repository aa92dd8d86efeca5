"""Only the first sample counts.

fails: skip-connection
says: is only the first sample used?
"""


# %% skip-connection
def skip_gradients(x, y, w0, w1, w2):
    x, y = x[:1], y[:1]
    h1 = logistic(w0 * x)
    g2 = logistic(w1 * h1)
    h2 = g2 + h1
    back = 2 * (w2 * h2 - y) / len(x)
    through = g2 * (1 - g2)
    return {
        "w0": float(np.sum(back * w2 * (through * w1 + 1) * h1 * (1 - h1) * x)),
        "w1": float(np.sum(back * w2 * through * h1)),
        "w2": float(np.sum(back * h2)),
    }
