"""It takes the leaky ReLU for max(z, c·z), which is the same for c < 1 only; for c = 2 and z = 1 the slope comes out as 2 instead of 1.

task: activations
"""

# %% activation-lines
activation_lines = {
    "dr_dz": "step(z)",
    "dk_dz": "step(z - c*z) + c*step(c*z - z)",
    "dp_dz": "s",
    "dt_dz": "4*q*(1 - q)",
    "dl_dw": "0",
}
