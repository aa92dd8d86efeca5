"""The line dl_dw0 ends in a1 instead of x: equal only for w0 = 1.

task: skip-connection
"""

# %% skip-connection-lines
skip_connection_lines = {
    "dh2_da2": "(h2 - h1)*(1 - h2 + h1)",
    "dh2_dh1": "1 + dh2_da2*w1",
    "dl_dw2": "2*(f - y)*h2",
    "dl_dw1": "2*(f - y)*w2*dh2_da2*h1",
    "dl_dw0": "2*(f - y)*w2*dh2_dh1*h1*(1 - h1)*a1",
}
