"""The slope is right but not expressed in s alone.

fails: logistic-derivative
says: `z` is not known here
tells: The slope is right but not expressed in s alone.
"""

# %% logistic-derivative-lines
logistic_derivative_lines = {
    "de_dz": "-e",
    "ds_dd": "-1/d**2",
    "ds_dz_chain": "ds_dd*de_dz",
    "ds_dz": "exp(-z)/(1 + exp(-z))**2",
    "dt_dz": "1 - t**2",
}
