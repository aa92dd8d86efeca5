"""Loop over single samples in plain Python and fsum; the lines in expanded forms.

task: skip-connection
"""

# %% skip-connection-lines
skip_connection_lines = {
    "dh2_da2": "h2 - h1 - h2**2 + 2*h1*h2 - h1**2",
    "dh2_dh1": "sigmoid(w1*h1)*sigmoid(-a2)*w1 + 1",
    "dl_dw2": "-2*(y - w2*h2)*f/w2",
    "dl_dw1": "dl_dw2*w2/h2*dh2_da2*sigmoid(x*w0)",
    "dl_dw0": "2*(f - y)*(w2 + w2*w1*dh2_da2)*x/(2 + exp(a1) + exp(-a1))",
}

# %% skip-connection
import math as _math


def skip_gradients(x, y, w0, w1, w2):
    parts = []
    for xn, yn in np.column_stack([x, y]).tolist():
        h1 = float(logistic(w0 * xn))
        value = float(logistic(w1 * h1))
        signal = 2 * (w2 * (value + h1) - yn)
        into = signal * w2 * value * (1 - value)
        parts.append(((signal * w2 + into * w1) * h1 * (1 - h1) * xn, into * h1, signal * (value + h1)))
    return {f"w{i}": _math.fsum(column) / len(parts) for i, column in enumerate(zip(*parts))}
