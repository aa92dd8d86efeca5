"""The line dl_dW2 recomputes h as sigmoid(x @ W1), without b1: right only where b1 = 0.

task: two-layer
"""

# %% two-layer-lines
two_layer_lines = {
    "delta": "f - y",
    "dl_dW2": "outer(sigmoid(x @ W1), delta)",
    "dl_db2": "delta",
    "s": "(W2 @ delta)*h*(1 - h)",
    "dl_dW1": "outer(x, s)",
    "dl_db1": "s",
}
