"""The softmax Jacobian has no cross terms, the slip of notes 004.

fails: output-layers
says: the entries off the diagonal are missing
says: dp_dz
tells: The softmax Jacobian has no cross terms, the slip of notes 004: every output depends on
tells: every logit.
"""

# %% output-layers-lines
output_layers_lines = {
    "df_da": "f*(1 - f)",
    "dsq_da": "(f - y)*df_da",
    "dbce_df": "(1 - y)/(1 - f) - y/f",
    "dbce_da": "f - y",
    "dp_dz": "diag(p*(1 - p))",
    "dce_dp": "-t/p",
    "dce_dz": "p - t",
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
    return np.diag(p * (1 - p))


def softmax_cross_entropy(Z, Y):
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -np.sum(Y * log_p) / len(Z), (np.exp(log_p) - Y) / len(Z)
