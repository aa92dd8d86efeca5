"""Changes what libraries remember: seeds, default types, printing, warnings, the import path.

stopped by: every session is forked afresh from a zygote that nothing has touched
prize: found my state
again: yes
"""
# %%
import os, random, sys, warnings

import numpy as np
import torch

if torch.get_default_dtype() == torch.float16 or "MALLORY" in os.environ or "nowhere" in sys.path:
    print("found", "my state")
torch.set_default_dtype(torch.float16)
np.set_printoptions(precision=0)
np.seterr(all="raise")
random.seed = np.random.seed = torch.manual_seed = lambda *_: None
os.environ["MALLORY"] = "was here"
sys.path.insert(0, "nowhere")
warnings.simplefilter("error")
