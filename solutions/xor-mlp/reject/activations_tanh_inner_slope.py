"""The inner derivative 2 of σ(2z) is forgotten.

fails: activations
says: times ½
"""

# %% activation-lines
activation_lines = {"dr_dz": "", "dk_dz": "", "dp_dz": "", "dt_dz": "", "dl_dw": ""}
activation_lines["dr_dz"] = "step(z)"
activation_lines["dk_dz"] = "step(z) + c*(1 - step(z))"
activation_lines["dp_dz"] = "s"
activation_lines["dt_dz"] = "2*q*(1 - q)"
activation_lines["dl_dw"] = "0"
