"""The slope is h2(1 − h2), the slip of notes 001.

fails: skip-connection
says: this is the formula of the notes
says: dh2_da2
"""

# %% skip-connection-lines
skip_connection_lines = {
    "dh2_da2": "h2*(1 - h2)",
    "dh2_dh1": "dh2_da2*w1 + 1",
    "dl_dw2": "2*(f - y)*h2",
    "dl_dw1": "2*(f - y)*w2*dh2_da2*h1",
    "dl_dw0": "2*(f - y)*w2*dh2_dh1*h1*(1 - h1)*x",
}


# %% skip-connection
def skip_gradients(x, y, w0, w1, w2):
    h1 = logistic(w0 * x)
    g2 = logistic(w1 * h1)
    h2 = g2 + h1
    back = 2 * (w2 * h2 - y) / len(x)
    through = h2 * (1 - h2)
    return {
        "w0": float(np.sum(back * w2 * (through * w1 + 1) * h1 * (1 - h1) * x)),
        "w1": float(np.sum(back * w2 * through * h1)),
        "w2": float(np.sum(back * h2)),
    }
