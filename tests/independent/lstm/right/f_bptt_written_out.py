"""Unusual: every line written out in p, y and the states, other algebraic forms and odd spaces; the function as the sum of the formula with matrix powers.

task: bptt
"""

# %% bptt-lines
bptt_lines = {
    "dl_ds": "  -(y-p) ",
    "dl_dw2": "-(y - p) * h3",
    "dl_dh3": "p*w2 - w2*y",
    "dl_dh2": "(p-y)*w2*(1-h3)*(1+h3)*w1",
    "dl_dh1": "w1**2*(p - y)*w2*(1 - h3**2)*(1 - h2*h2)",
    "dl_dw1": "(p-y)*w2*(1-h3**2)*( h2 + w1*(1-h2**2)*(h1 + w1*(1-h1**2)*h0) )",
    "dl_dw0": "(p-y)*w2*(1-h3**2)*( x3 + w1*(1-h2**2)*(x2 + w1*(1-h1**2)*x1) )",
    "dl_dh0": "(p - y)*w2*w1*w1*w1*(1 - h1**2)*(1 - h2**2)*(1 - h3**2)",
}

# %% linear-bptt
def state_gradients(dO, W_hh, W_qh):
    T = len(dO)
    rows = []
    for t in range(1, T + 1):
        total = np.zeros(W_hh.shape[0])
        for i in range(t, T + 1):
            total = total + np.linalg.matrix_power(W_hh.T, T - i) @ W_qh.T @ dO[T + t - i - 1]
        rows.append(total)
    return np.vstack(rows)
