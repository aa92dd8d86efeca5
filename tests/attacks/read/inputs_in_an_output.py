"""Shows what it is called with at once: prints, displays, warns.

stopped by: what is printed while a check calls belongs to no cell
shows: ^$
prize: told \w+
earns: 2
"""
# %% double
import sys, warnings

def double(x):
    from IPython.display import HTML, display

    words = " ".join(["told", type(x).__name__, repr(x)])
    print(words)
    print(words, file=sys.__stderr__, flush=True)
    display(HTML(words))
    warnings.warn(words)
    return 2 * x
