"""The line dt_dz may use only t, but is written with z.

task: logistic-derivative
"""

# %% logistic-derivative-lines
logistic_derivative_lines = {
    "de_dz": "-exp(-z)",
    "ds_dd": "-1/d**2",
    "ds_dz_chain": "ds_dd*de_dz",
    "ds_dz": "s*(1 - s)",
    "dt_dz": "1 - tanh(z)**2",
}
