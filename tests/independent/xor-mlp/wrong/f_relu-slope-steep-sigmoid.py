"""The slope of ReLU is written as a steep sigmoid, which is 0.62 instead of 1 at z = 0.0005.

task: activations
"""

# %% activation-lines
activation_lines = {
    "dr_dz": "sigmoid(1000*z)",
    "dk_dz": "step(z) + c*(1 - step(z))",
    "dp_dz": "s",
    "dt_dz": "4*q*(1 - q)",
    "dl_dw": "0",
}
