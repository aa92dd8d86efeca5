"""The state is not passed on: every step is the first.

fails: adam-fails
says: state passed on
tells: The state that step hands back is not passed on.
"""


# %% play
def play(step, C, rounds, start):
    positions, state = [start], None
    for t in range(1, rounds + 1):
        x, state = step(positions[-1], C if t % 3 == 1 else -1.0, None)
        positions.append(float(np.clip(x, -1, 1)))
    return positions
