"""The threshold is treated as if it passed a gradient on; its slope is zero.

fails: activations
says: dl_dw
"""

# %% activation-lines
activation_lines = {"dr_dz": "", "dk_dz": "", "dp_dz": "", "dt_dz": "", "dl_dw": ""}
activation_lines["dr_dz"] = "step(z)"
activation_lines["dk_dz"] = "step(z) + c*(1 - step(z))"
activation_lines["dp_dz"] = "s"
activation_lines["dt_dz"] = "4*q*(1 - q)"
activation_lines["dl_dw"] = "2*(step(w*x) - y)*x"
