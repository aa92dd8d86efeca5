"""The large gradient comes in rounds 3, 6, 9, not in rounds 1, 4, 7.

fails: adam-fails
says: wrong rounds
tells: The large gradient comes in rounds 3, 6, 9, not in rounds 1, 4, 7.
"""


# %% play
def play(step, C, rounds, start):
    positions, state = [start], None
    for t in range(1, rounds + 1):
        x, state = step(positions[-1], C if t % 3 == 0 else -1.0, state)
        positions.append(float(np.clip(x, -1, 1)))
    return positions
