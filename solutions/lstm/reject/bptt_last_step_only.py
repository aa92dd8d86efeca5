"""Each weight gets the term of the last step alone; it acts at every step.

fails: bptt
says: not the derivative of l
"""

# %% bptt-lines
bptt_lines = {
    "dl_ds": "",
    "dl_dw2": "",
    "dl_dh3": "",
    "dl_dh2": "",
    "dl_dh1": "",
    "dl_dw1": "",
    "dl_dw0": "",
    "dl_dh0": "",
}
bptt_lines["dl_ds"] = "p - y"
bptt_lines["dl_dw2"] = "dl_ds*h3"
bptt_lines["dl_dh3"] = "dl_ds*w2"
bptt_lines["dl_dh2"] = "dl_dh3*(1 - h3**2)*w1"
bptt_lines["dl_dh1"] = "dl_dh2*(1 - h2**2)*w1"
bptt_lines["dl_dw1"] = "dl_dh3*(1 - h3**2)*h2"
bptt_lines["dl_dw0"] = "dl_dh3*(1 - h3**2)*x3"
bptt_lines["dl_dh0"] = "dl_dh1*(1 - h1**2)*w1"
