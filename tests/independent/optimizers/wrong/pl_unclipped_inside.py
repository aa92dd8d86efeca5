"""the next round goes on from the position before clipping

task: adam-fails
"""

# %% play
def play(step, C, rounds, start):
    xs, state, x = [float(start)], None, float(start)
    for t in range(rounds):
        x, state = step(x, -1.0 if t % 3 else C, state)
        xs.append(float(np.clip(x, -1, 1)))
    return xs
