"""of examples with the same context only the last counts

task: cbow
"""

# %% cbow
def cbow_gradients(W, U, contexts, centres):
    loss, dW, dU = 0.0, np.zeros(W.shape), np.zeros(U.shape)
    for context, centre in {tuple(c): o for c, o in zip(contexts, centres)}.items():
        context = list(context)
        h = W[context].mean(axis=0)
        z = U @ h
        z = z - z.max()
        log_p = z - np.log(np.exp(z).sum())
        g = np.exp(log_p)
        g[centre] -= 1
        loss -= log_p[centre]
        dU += np.outer(g, h)
        np.add.at(dW, context, g @ U / len(context))
    return loss / len(contexts), dW / len(contexts), dU / len(contexts)
