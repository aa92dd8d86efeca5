"""forwards: a derivative for each weight goes along with the values

task: skip-connection
"""

# %% skip-connection
def skip_gradients(x, y, w0, w1, w2):
    out = {}
    for name in ("w2", "w1", "w0"):
        d0, d1, d2 = (float(name == other) for other in ("w0", "w1", "w2"))
        h1 = logistic(w0 * x)
        dh1 = h1 * (1 - h1) * d0 * x
        g = logistic(w1 * h1)
        dh2 = g * (1 - g) * (d1 * h1 + w1 * dh1) + dh1
        f = w2 * (g + h1)
        df = d2 * (g + h1) + w2 * dh2
        out[name] = np.mean(2 * (f - y) * df)
    return out
