"""The slope of softplus is written with z, although the line may use only s.

task: activations
"""

# %% activation-lines
activation_lines = {
    "dr_dz": "step(z)",
    "dk_dz": "step(z) + c*(1 - step(z))",
    "dp_dz": "1/(1 + exp(-z))",
    "dt_dz": "4*q*(1 - q)",
    "dl_dw": "0",
}
