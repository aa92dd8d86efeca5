def layer_backward(X, W, upstream):
    return {"X": upstream @ W.T, "W": X.T @ upstream}
