"""The readout has c = 1e-10: at (0, 1) and (1, 0) it is positive, though small, and at the other two corners it is -0.5.

task: xor-weights
"""

# %% readout
readout = {"v": np.array([-1.0, -1.0]), "c": 1e-10}
