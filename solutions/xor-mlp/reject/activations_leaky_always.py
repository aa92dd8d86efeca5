"""The leaky unit's slope is c on both sides.

fails: activations
says: dk_dz
"""

# %% activation-lines
activation_lines = {"dr_dz": "", "dk_dz": "", "dp_dz": "", "dt_dz": "", "dl_dw": ""}
activation_lines["dr_dz"] = "step(z)"
activation_lines["dk_dz"] = "c"
activation_lines["dp_dz"] = "s"
activation_lines["dt_dz"] = "4*q*(1 - q)"
activation_lines["dl_dw"] = "0"
