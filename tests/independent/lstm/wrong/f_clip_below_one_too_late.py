"""my_powers['below'] is one too large: the index of a list that begins with k = 0 is raised by one twice.

task: clipping
"""

# %% own-powers
my_powers = {"peak": None, "below": None}
powers = [np.eye(2)]
for _ in range(200):
    powers.append(powers[-1] @ my_matrix)
norms = np.array([np.linalg.norm(P, 2) for P in powers])
my_powers["peak"] = norms[1:].max()
last = int(np.nonzero(norms >= 1)[0][-1]) + 1  # counted from 1
my_powers["below"] = last + 1
