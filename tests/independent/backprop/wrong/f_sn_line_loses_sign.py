"""The line dl_df is the absolute value 2|f - y|: wrong whenever f < y.

task: scalar-network
"""

# %% scalar-network-lines
scalar_network_lines = {
    "dl_df": "2*sqrt((f - y)**2)",
    "dl_dw2": "dl_df*h2",
    "dl_dh2": "dl_df*w2",
    "dl_da2": "dl_dh2*h2*(1 - h2)",
    "dl_dw1": "dl_da2*h1",
    "dl_dh1": "dl_da2*w1",
    "dl_da1": "dl_dh1*h1*(1 - h1)",
    "dl_dw0": "dl_da1*x",
}
