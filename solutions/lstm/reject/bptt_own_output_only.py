"""Every state hears its own output only, and nothing of the later ones.

fails: bptt
says: own output only
"""


# %% linear-bptt
def state_gradients(dO, W_hh, W_qh):
    signals = [dO[-1] @ W_qh]
    for dout in dO[-2::-1]:
        signals.append(dout @ W_qh)
    return np.stack(signals[::-1])
