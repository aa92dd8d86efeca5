"""other forms of the seven lines: factors, spaces, brackets, earlier lines, terms that cancel

task: conv-backward
"""

# %% conv-backward-lines
conv_backward_lines = {
    "dl_db": "  g2 - (-g0 - g1) ",
    "dl_dw0": "x0*(g0) + (x2 * g2 + x1 * g1)",
    "dl_dw1": "dl_db*x1 + g1*(x2 - x1) + g2*(x3 - x1)",
    "dl_dx0": "(dl_db - g1 - g2)*w0",
    "dl_dx1": "(w0 + w1)*(g0 + g1) - g0*w0 - g1*w1",
    "dl_dx2": "-(-(g1*w1)) + 2*g2*w0/2",
    "dl_dx3": "dl_db*(w0 + w1) - dl_dx0 - dl_dx1 - dl_dx2",
}
