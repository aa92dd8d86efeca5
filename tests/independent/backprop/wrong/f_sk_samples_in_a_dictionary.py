"""Puts the samples into a dictionary by x: of samples with the same x only the last is counted, e.g. x = [1, 1], y = [0, 1].

task: skip-connection
"""

# %% skip-connection
def skip_gradients(x, y, w0, w1, w2):
    target = dict(zip(np.asarray(x).tolist(), np.asarray(y).tolist(), strict=True))
    total = {"w0": 0.0, "w1": 0.0, "w2": 0.0}
    for xi, yi in target.items():
        h1 = float(logistic(w0 * xi))
        s = float(logistic(w1 * h1))
        d = 2 * (w2 * (s + h1) - yi)
        total["w2"] += d * (s + h1)
        total["w1"] += d * w2 * s * (1 - s) * h1
        total["w0"] += d * w2 * (1 + s * (1 - s) * w1) * h1 * (1 - h1) * xi
    return {name: value / len(target) for name, value in total.items()}
