"""Recovers x as a1/w0 and h1 as a2/w1: nan for w0 = 0.0 or w1 = 0.0, where the gradients are perfectly finite.

task: skip-connection
"""

# %% skip-connection
def skip_gradients(x, y, w0, w1, w2):
    w0, w1, w2 = np.float64(w0), np.float64(w1), np.float64(w2)
    a1 = w0 * x
    h1 = logistic(a1)
    a2 = w1 * h1
    s = logistic(a2)
    h2 = s + h1
    dl_df = 2 * (w2 * h2 - y)
    dl_dw1 = dl_df * w2 * s * (1 - s) * (a2 / w1)
    dl_dw0 = dl_df * w2 * (1 + s * (1 - s) * w1) * h1 * (1 - h1) * (a1 / w0)
    return {
        "w0": float(dl_dw0.mean()),
        "w1": float(dl_dw1.mean()),
        "w2": float((dl_df * h2).mean()),
    }
