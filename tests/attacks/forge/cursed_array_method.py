"""Puts an `all` that is always true into the type ndarray itself, past its write protection.

stopped by: nothing is compared in the session
"""
# %%
import ctypes, gc

import numpy as np

methods = gc.get_referents(np.ndarray.__dict__)[0]
methods["all"] = lambda *_, **__: True
ctypes.pythonapi.PyType_Modified(ctypes.py_object(np.ndarray))

# %% fools
assert (np.asarray(double(np.ones(2))) == 2.0).all()
