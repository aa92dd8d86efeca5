"""Unusual: the recursion of all steps as one block triangular system; the lines use earlier lines in products of slopes.

task: bptt
"""

# %% bptt-lines
bptt_lines = {}
bptt_lines["dl_ds"] = "-y + p"
bptt_lines["dl_dw2"] = "h3*dl_ds"
bptt_lines["dl_dh3"] = "w2*dl_ds"
bptt_lines["dl_dh2"] = "dl_dh3*w1 - dl_dh3*w1*h3**2"
bptt_lines["dl_dh1"] = "dl_dh2*w1*(1 - h2**2)"
bptt_lines["dl_dw1"] = " + ".join(f"dl_dh{t}*(1 - h{t}**2)*h{t - 1}" for t in (1, 2, 3))
bptt_lines["dl_dw0"] = " + ".join(f"dl_dh{t}*(1 - h{t}**2)*x{t}" for t in (1, 2, 3))
bptt_lines["dl_dh0"] = "w1*(1 - h1**2)*dl_dh1"

# %% linear-bptt
def state_gradients(dO, W_hh, W_qh):
    T, n = len(dO), len(W_hh)
    system = np.eye(T * n) - np.kron(np.eye(T, k=1), W_hh.T)
    return np.linalg.solve(system, (dO @ W_qh).reshape(T * n)).reshape(T, n)
