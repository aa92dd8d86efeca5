"""Every gradient is right.

fails: gradient-check
says: a wrong one too
"""


# %% gradient-check
def gradient_check(f, grads, params):
    return True
