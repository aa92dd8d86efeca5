"""In `dl_db` only one output is counted: the bias is in all three.

fails: conv-backward
says: dl_db
"""

# %% conv-backward-lines
conv_backward_lines = {
    "dl_db": "",
    "dl_dw0": "",
    "dl_dw1": "",
    "dl_dx0": "",
    "dl_dx1": "",
    "dl_dx2": "",
    "dl_dx3": "",
}
conv_backward_lines["dl_db"] = "g0"
conv_backward_lines["dl_dw0"] = "g0*x0 + g1*x1 + g2*x2"
conv_backward_lines["dl_dw1"] = "g0*x1 + g1*x2 + g2*x3"
conv_backward_lines["dl_dx0"] = "g0*w0"
conv_backward_lines["dl_dx1"] = "g0*w1 + g1*w0"
conv_backward_lines["dl_dx2"] = "g1*w1 + g2*w0"
conv_backward_lines["dl_dx3"] = "g2*w1"
