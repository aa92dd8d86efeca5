"""The last line is the slope with a steep sigmoid in place of the threshold: near w·x = 0 it is far from 0, while the threshold passes nothing anywhere.

task: activations
"""

# %% activation-lines
activation_lines = {
    "dr_dz": "step(z)",
    "dk_dz": "step(z) + c*(1 - step(z))",
    "dp_dz": "s",
    "dt_dz": "4*q*(1 - q)",
    "dl_dw": "2*(step(w*x) - y)*x*500*sigmoid(500*w*x)*sigmoid(-500*w*x)",
}
