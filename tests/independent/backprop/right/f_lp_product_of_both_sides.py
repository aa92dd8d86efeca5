"""Multiplies sigma(z) by sigma(-z) with the given function, and writes the lines in unusual forms, with spaces.

task: logistic-derivative
"""

# %% logistic-derivative-lines
logistic_derivative_lines = dict(
    de_dz=" 1 - d ",
    ds_dd="-1.0 * d**-2",
    ds_dz_chain="de_dz   *   ds_dd",
    ds_dz="s - s**2",
    dt_dz="(1 + t) * (1 - t)",
)

# %% logistic-derivative
logistic_prime = lambda z: logistic(z) * logistic(-np.asarray(z))
