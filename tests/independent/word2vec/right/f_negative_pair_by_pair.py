"""loops over pairs and negatives with scalars; the lines build on earlier ones

task: negative
"""

# %% negative
def negative_gradients(W, U, centres, contexts, negatives):
    """Return (loss, dW, dU): the mean over the pairs of the loss with negative samples.

    W, U: (V, d) float64 arrays. centres, contexts: (B,) integer arrays, negatives: (B, K); words
    may occur anywhere and often. loss: a number; dW, dU: (V, d).
    No NaN or infinity for scores up to ±1000: the loss of a pair may then be as large as 1000.
    """
    dW, dU = 0.0 * W, 0.0 * U
    losses = []

    def visit(c, i, label):
        z = float(W[c] @ U[i])
        signed = -z if label else z
        # log(1 + exp(x)) is max(x, 0) + log(1 + exp(-|x|))
        loss = max(signed, 0.0) + np.log1p(np.exp(-abs(signed)))
        e = np.exp(-abs(z))
        p = 1 / (1 + e) if z >= 0 else e / (1 + e)
        dW[c] += (p - label) * U[i]
        dU[i] += (p - label) * W[c]
        return loss

    for c, o, row in zip(centres, contexts, negatives):
        losses.append(visit(c, o, 1) + sum(visit(c, n, 0) for n in row))
    return np.mean(losses), dW / len(losses), dU / len(losses)

# %% negative-lines
negative_lines = {}
negative_lines["dl_ds"] = "sigmoid( s )-1"
negative_lines["dl_dr"] = "1 - sigmoid(-r)"
negative_lines["dl_du"] = "dl_ds*v"
negative_lines["dl_dN"] = "outer(dl_dr,v)"
negative_lines["dl_dv"] = "dl_dr@N + dl_ds*u"
