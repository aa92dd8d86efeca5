"""The signal goes back through W_hh instead of its transpose.

fails: bptt
says: not transposed
"""


# %% linear-bptt
def state_gradients(dO, W_hh, W_qh):
    signals = [dO[-1] @ W_qh]
    for dout in dO[-2::-1]:
        signals.append(dout @ W_qh + signals[-1] @ W_hh.T)
    return np.stack(signals[::-1])
