"""With c = 0 the readout is exactly 0 at (0, 1) and (1, 0), which is not positive.

task: xor-weights
"""

# %% readout
readout = {"v": np.array([-1.0, -1.0]), "c": 0.0}
