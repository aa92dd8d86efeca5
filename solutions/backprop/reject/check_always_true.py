"""Every gradient is right.

fails: gradient-check
says: a wrong one too
tells: The answer is True for every gradient.
"""


# %% gradient-check
def gradient_check(f, grads, params):
    return True
