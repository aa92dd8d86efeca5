"""Every line of every derivation in another, equal form, none built on an earlier line."""

# %% logistic-derivative-lines
logistic_derivative_lines = {
    "de_dz": "-exp(-z)",
    "ds_dd": "-(s**2)",
    "ds_dz_chain": "e/(1 + e)**2",
    "ds_dz": "s - s**2",
    "dt_dz": "(1 + t)*(1 - t)",
}

# %% scalar-network-lines
scalar_network_lines = {
    "dl_df": "-2*(y - w2*h2)",
    "dl_dw2": "2*h2*f - 2*h2*y",
    "dl_dh2": "2*w2**2*h2 - 2*w2*y",
    "dl_da2": "2*(f - y)*w2*(h2 - h2**2)",
    "dl_dw1": "2*(f - y)*w2*sigmoid(a2)*sigmoid(-a2)*h1",
    "dl_dh1": "2*(f - y)*w2*exp(-a2)/(1 + exp(-a2))**2*w1",
    "dl_da1": "2*(f - y)*w2*h2*(1 - h2)*w1*(1/4 - (h1 - 1/2)**2)",
    "dl_dw0": "-2*x*(y - f)*w1*w2*h1*h2*(1 - h1)*(1 - h2)",
}

# %% two-layer-lines
two_layer_lines = {
    "delta": "-(y - f)",
    "dl_dW2": "(outer(f, h) - outer(y, h)).T",
    "dl_db2": "h @ W2 + b2 - y",
    "s": "((f - y) @ W2.T)*(h - h**2)",
    "dl_dW1": "transpose(outer((W2 @ (f - y))*h*(1 - h), x))",
    "dl_db1": "diag(h*(1 - h)) @ W2 @ (f - y)",
}

# %% output-layers-lines
output_layers_lines = {
    "df_da": "sigmoid(a)*sigmoid(-a)",
    "dsq_da": "-(y - f)*(f - f**2)",
    "dbce_df": "(f - y)/(f*(1 - f))",
    "dbce_da": "f*(1 - y) - y*(1 - f)",
    "dp_dz": "diag(p*(1 - p)) + diag(p**2) - outer(p, p)",
    "dce_dp": "-t*exp(-z)*sum(exp(z))",
    "dce_dz": "p*sum(t) - t",
}

# %% skip-connection-lines
skip_connection_lines = {
    "dh2_da2": "1/4 - (h2 - h1 - 1/2)**2",
    "dh2_dh1": "1 + w1*sigmoid(a2)*(1 - sigmoid(a2))",
    "dl_dw2": "-2*h2*(y - f)",
    "dl_dw1": "2*(f - y)*w2*h1*sigmoid(a2)*sigmoid(-a2)",
    "dl_dw0": "2*x*(f - y)*w2*(h1 - h1**2)*(1 + w1*sigmoid(a2)*sigmoid(-a2))",
}
