"""Works in torch with float32 (allowed) and returns tensors.

task: two-layer
"""

# %% two-layer
def two_layer_backward(X, Y, W1, b1, W2, b2):
    X, Y, W1, b1, W2, b2 = [
        torch.from_numpy(np.array(v, dtype=np.float32)) for v in (X, Y, W1, b1, W2, b2)
    ]
    H = torch.sigmoid(torch.addmm(b1, X, W1))
    delta = (torch.addmm(b2, H, W2) - Y).div(X.shape[0])
    S = torch.mm(delta, W2.t()).mul(H.mul(1 - H))
    return {"b2": delta.sum(0), "W2": H.t() @ delta, "b1": S.sum(0), "W1": X.t() @ S}
