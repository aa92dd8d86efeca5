"""dl_dx1 and dl_dx2 pair g and w without the flip: x1 gets g0 through w0 and g1 through w1

task: conv-backward
"""

# %% conv-backward-lines
conv_backward_lines = {
    "dl_db": "g0 + g1 + g2",
    "dl_dw0": "g0*x0 + g1*x1 + g2*x2",
    "dl_dw1": "g0*x1 + g1*x2 + g2*x3",
    "dl_dx0": "g0*w0",
    "dl_dx1": "g0*w0 + g1*w1",
    "dl_dx2": "g1*w0 + g2*w1",
    "dl_dx3": "g2*w1",
}
