"""Row by row and number by number, and lists come back."""


# %% layer-norm
def layer_norm(X, gamma, beta, eps=1e-5):
    result = []
    for row in X:
        mean = sum(row) / len(row)
        variance = sum((x - mean) ** 2 for x in row) / len(row)
        root = (variance + eps) ** 0.5
        result.append([g * (x - mean) / root + b for x, g, b in zip(row, gamma, beta, strict=True)])
    return result
