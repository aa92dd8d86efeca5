"""The positions are clipped at the end only: the step sees the unclipped ones.

fails: adam-fails
says: positions
tells: The step has to see the clipped position.
"""


# %% play
def play(step, C, rounds, start):
    positions, state = [start], None
    for t in range(1, rounds + 1):
        x, state = step(positions[-1], C if t % 3 == 1 else -1.0, state)
        positions.append(x)
    return [min(max(x, -1.0), 1.0) for x in positions]
