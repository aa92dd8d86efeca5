"""The last power that is not below 1, and not the first that is.

fails: clipping
says: last power
tells: "below" is the last power that is not below 1; the first one that is comes after it.
"""

# %% own-powers
my_powers = {"peak": None, "below": None}
sizes = [np.linalg.norm(np.linalg.matrix_power(my_matrix, k), 2) for k in range(1, 200)]
my_powers["peak"] = float(max(sizes))
my_powers["below"] = 1 + max(k for k, size in enumerate(sizes) if size >= 1)
