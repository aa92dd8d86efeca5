"""lines through diag and outer, other order of factors and spaces; gradients with whole Jacobians by einsum

task: backward
"""

# %% backward-lines
backward_lines = dict.fromkeys(["dl_da", "dl_dV", "dl_ds", "dl_dq", "dl_dK"], "")
backward_lines["dl_dK"] = "outer( dl_ds , q / sqrt(d) )"
backward_lines["dl_dq"] = "(K.T @ dl_ds) / sqrt(d)"
backward_lines["dl_ds"] = "(diag(a) - outer(a, a)) @ dl_da"
backward_lines["dl_dV"] = "outer(a,g)"
backward_lines["dl_da"] = " V@g "

# %% backward
def softmax_backward(weights, upstream):
    jacobian = weights[..., :, None] * (np.eye(weights.shape[-1]) - weights[..., None, :])
    return np.einsum("...ij,...i->...j", jacobian, upstream)


def attention_backward(upstream, Q, K, V):
    Q, K = Q / Q.shape[-1] ** 0.25, K / K.shape[-1] ** 0.25
    root = Q.shape[-1] ** 0.25
    A = softmax_of_rows(np.einsum("...nd,...md->...nm", Q, K))
    dS = softmax_backward(A, np.einsum("...nv,...mv->...nm", upstream, V))
    return {
        "V": np.einsum("...nm,...nv->...mv", A, upstream),
        "K": np.einsum("...nm,...nd->...md", dS, Q) / root,
        "Q": np.einsum("...nm,...md->...nd", dS, K) / root,
    }
