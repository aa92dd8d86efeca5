"""recursion, from the front

task: bptt
"""

# %% linear-bptt
def state_gradients(dO, W_hh, W_qh):
    def back(rows):
        if len(rows) == 1:
            return [rows[0] @ W_qh]
        later = back(rows[1:])
        return [rows[0] @ W_qh + later[0] @ W_hh, *later]

    return back(list(dO))
