"""The line dce_dp is 1 - t/p instead of -t/p: the added constant vanishes in the product with the Jacobian, but the partial derivative itself is wrong.

task: output-layers
"""

# %% output-layers-lines
output_layers_lines = {
    "df_da": "f*(1 - f)",
    "dsq_da": "(f - y)*df_da",
    "dbce_df": "(f - y)/(f*(1 - f))",
    "dbce_da": "f - y",
    "dp_dz": "diag(p) - outer(p, p)",
    "dce_dp": "(p - t)/p",
    "dce_dz": "p - t",
}
