"""Plays rounds // 3 groups of three: for a number of rounds that is no multiple of three the last ones are missing.

task: adam-fails
"""

# %% play
def play(step, C, rounds, start):
    """Return the positions [x_0, x_1, ..., x_rounds] as floats, with x_0 = start in [-1, 1].

    step(x, g, state) returns (new x, state); the state is None in round 1, afterwards what
    the step before returned. The new x is clipped to [-1, 1] before the next round.
    """
    x, state, path = float(start), None, [float(start)]
    for _ in range(rounds // 3):
        for g in (C, -1.0, -1.0):
            x, state = step(x, g, state)
            x = float(np.clip(x, -1, 1))
            path.append(x)
    return path
