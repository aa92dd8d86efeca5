"""the output's matrix is turned where it is square

task: bptt
"""

# %% linear-bptt
def state_gradients(dO, W_hh, W_qh):
    A = W_qh if W_qh.shape[0] != W_qh.shape[1] else W_qh.T
    signals = [dO[-1] @ A]
    for dout in dO[-2::-1]:
        signals.append(dout @ A + signals[-1] @ W_hh)
    return np.stack(signals[::-1])
