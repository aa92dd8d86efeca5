"""Prediction minus label taken for the derivative with respect to the output, as in notes 004.

fails: output-layers
says: dce_dp
says: dbce_df
"""

# %% output-layers-lines
output_layers_lines = {
    "df_da": "f*(1 - f)",
    "dsq_da": "(f - y)*df_da",
    "dbce_df": "f - y",
    "dbce_da": "f - y",
    "dp_dz": "diag(p) - outer(p, p)",
    "dce_dp": "p - t",
    "dce_dz": "p - t",
}
