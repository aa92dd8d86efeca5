"""The inner derivative of exp(-z) loses its sign; the lines after it follow.

fails: logistic-derivative
says: de_dz
"""

# %% logistic-derivative-lines
logistic_derivative_lines = {
    "de_dz": "e",
    "ds_dd": "-1/d**2",
    "ds_dz_chain": "ds_dd*de_dz",
    "ds_dz": "s*(1 - s)",
    "dt_dz": "1 - t**2",
}
