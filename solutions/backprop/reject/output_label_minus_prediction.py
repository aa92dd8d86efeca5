"""The sign of the cross-entropy is lost.

fails: output-layers
says: opposite sign
"""

# %% output-layers-lines
output_layers_lines = {
    "df_da": "f*(1 - f)",
    "dsq_da": "(f - y)*df_da",
    "dbce_df": "(1 - y)/(1 - f) - y/f",
    "dbce_da": "f - y",
    "dp_dz": "diag(p) - outer(p, p)",
    "dce_dp": "t/p",
    "dce_dz": "t - p",
}


# %% output-layers
def squared_error_delta(a, y):
    f = logistic(a)
    return (f - y) * f * (1 - f)


def cross_entropy_delta(a, y):
    return logistic(a) - y


def softmax_jacobian(z):
    p = np.exp(z - np.max(z))
    p = p / p.sum()
    return np.diag(p) - np.outer(p, p)


def softmax_cross_entropy(Z, Y):
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return np.sum(Y * log_p) / len(Z), (Y - np.exp(log_p)) / len(Z)
