"""the list of positions is a default that fills up

task: adam-fails
"""

# %% play
def play(step, C, rounds, start, positions=[]):
    positions.append(float(start))
    state = None
    for t in range(1, rounds + 1):
        x, state = step(positions[-1], C if t % 3 == 1 else -1, state)
        positions.append(max(-1.0, min(1.0, float(x))))
    return positions
