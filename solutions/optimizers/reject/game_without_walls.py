"""The position is not clipped.

fails: adam-fails
says: clipped
tells: The position is not clipped.
"""


# %% play
def play(step, C, rounds, start):
    positions, state = [start], None
    for t in range(1, rounds + 1):
        x, state = step(positions[-1], C if t % 3 == 1 else -1.0, state)
        positions.append(x)
    return positions
