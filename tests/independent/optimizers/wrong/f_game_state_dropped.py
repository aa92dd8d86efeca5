"""Passes None as the state in every round: steps with a memory start afresh each time.

task: adam-fails
"""

# %% play
def play(step, C, rounds, start):
    """Return the positions [x_0, x_1, ..., x_rounds] as floats, with x_0 = start in [-1, 1].

    step(x, g, state) returns (new x, state); the state is None in round 1, afterwards what
    the step before returned. The new x is clipped to [-1, 1] before the next round.
    """
    x, path = float(start), [float(start)]
    for t in range(1, rounds + 1):
        x, _ = step(x, C if t % 3 == 1 else -1.0, None)
        x = float(np.clip(x, -1, 1))
        path.append(x)
    return path
