"""The factor 2 is forgotten, as if the loss had a ½.

fails: skip-connection
says: times ½
"""

# %% skip-connection-lines
skip_connection_lines = {
    "dh2_da2": "(h2 - h1)*(1 - h2 + h1)",
    "dh2_dh1": "dh2_da2*w1 + 1",
    "dl_dw2": "(f - y)*h2",
    "dl_dw1": "(f - y)*w2*dh2_da2*h1",
    "dl_dw0": "(f - y)*w2*dh2_dh1*h1*(1 - h1)*x",
}


# %% skip-connection
def skip_gradients(x, y, w0, w1, w2):
    h1 = logistic(w0 * x)
    g2 = logistic(w1 * h1)
    h2 = g2 + h1
    back = (w2 * h2 - y) / len(x)
    through = g2 * (1 - g2)
    return {
        "w0": float(np.sum(back * w2 * (through * w1 + 1) * h1 * (1 - h1) * x)),
        "w1": float(np.sum(back * w2 * through * h1)),
        "w2": float(np.sum(back * h2)),
    }
