"""The activations themselves are given, not their slopes.

fails: activations
says: dr_dz
"""

# %% activation-lines
activation_lines = {"dr_dz": "", "dk_dz": "", "dp_dz": "", "dt_dz": "", "dl_dw": ""}
activation_lines["dr_dz"] = "relu(z)"
activation_lines["dk_dz"] = "relu(z) - c*relu(-z)"
activation_lines["dp_dz"] = "s*(1 - s)"
activation_lines["dt_dz"] = "2*q - 1"
activation_lines["dl_dw"] = "0"
