"""Averages every factor over the batch first and multiplies the averages: right for N = 1 or equal samples only.

task: skip-connection
"""

# %% skip-connection
def skip_gradients(x, y, w0, w1, w2):
    h1 = logistic(w0 * x)
    s = logistic(w1 * h1)
    h2 = s + h1
    dl_df = np.mean(2 * (w2 * h2 - y))
    dh2_da2 = np.mean(s * (1 - s))
    dh1_dw0 = np.mean(h1 * (1 - h1) * x)
    return {
        "w0": float(dl_df * w2 * (1 + dh2_da2 * w1) * dh1_dw0),
        "w1": float(dl_df * w2 * dh2_da2 * np.mean(h1)),
        "w2": float(dl_df * np.mean(h2)),
    }
