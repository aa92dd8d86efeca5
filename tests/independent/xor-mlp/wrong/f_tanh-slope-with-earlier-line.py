"""The slope of tanh is written with the earlier line for softplus and s at z, 4·s·(1 − s): the wrong argument, and not q.

task: activations
"""

# %% activation-lines
activation_lines = {
    "dr_dz": "step(z)",
    "dk_dz": "step(z) + c*(1 - step(z))",
    "dp_dz": "s",
    "dt_dz": "4*dp_dz*(1 - dp_dz)",
    "dl_dw": "0",
}
