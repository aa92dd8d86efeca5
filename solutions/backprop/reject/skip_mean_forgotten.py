"""The loss is summed over the samples.

fails: skip-connection
says: the mean over the batch is missing
"""


# %% skip-connection
def skip_gradients(x, y, w0, w1, w2):
    h1 = logistic(w0 * x)
    g2 = logistic(w1 * h1)
    h2 = g2 + h1
    back = 2 * (w2 * h2 - y)
    through = g2 * (1 - g2)
    return {
        "w0": float(np.sum(back * w2 * (through * w1 + 1) * h1 * (1 - h1) * x)),
        "w1": float(np.sum(back * w2 * through * h1)),
        "w2": float(np.sum(back * h2)),
    }
