"""The line ds_dz ("once more, tidied up", may use only s) just repeats the earlier line ds_dz_chain instead of being written in s.

task: logistic-derivative
"""

# %% logistic-derivative-lines
logistic_derivative_lines = {
    "de_dz": "-e",
    "ds_dd": "-1/d**2",
    "ds_dz_chain": "ds_dd*de_dz",
    "ds_dz": "ds_dz_chain",
    "dt_dz": "1 - t**2",
}
