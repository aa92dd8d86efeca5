"""The lines for h2 to h0 use a3, a2, a1 and tanh in place of the states.

task: bptt
"""

# %% bptt-lines
bptt_lines = {
    "dl_ds": "p - y",
    "dl_dw2": "dl_ds*h3",
    "dl_dh3": "dl_ds*w2",
    "dl_dh2": "dl_dh3*(1 - tanh(a3)**2)*w1",
    "dl_dh1": "dl_dh2*(1 - tanh(a2)**2)*w1",
    "dl_dw1": "dl_dh3*(1 - h3**2)*h2 + dl_dh2*(1 - h2**2)*h1 + dl_dh1*(1 - h1**2)*h0",
    "dl_dw0": "dl_dh3*(1 - h3**2)*x3 + dl_dh2*(1 - h2**2)*x2 + dl_dh1*(1 - h1**2)*x1",
    "dl_dh0": "dl_dh1*(1 - tanh(a1)**2)*w1",
}
