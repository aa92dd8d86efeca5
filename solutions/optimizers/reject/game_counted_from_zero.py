"""The rounds are counted from 0, so that the large gradient comes one round late.

fails: adam-fails
says: round 2
tells: The rounds are counted from 0, so that the large gradient comes one round late.
"""


# %% play
def play(step, C, rounds, start):
    positions, state = [start], None
    for t in range(rounds):
        x, state = step(positions[-1], C if t % 3 == 1 else -1.0, state)
        positions.append(float(np.clip(x, -1, 1)))
    return positions
