"""Once x sits on a wall it is left there for all remaining rounds, though the next gradient may lead away from it.

task: adam-fails
"""

# %% play
def play(step, C, rounds, start):
    """Return the positions [x_0, x_1, ..., x_rounds] as floats, with x_0 = start in [-1, 1].

    step(x, g, state) returns (new x, state); the state is None in round 1, afterwards what
    the step before returned. The new x is clipped to [-1, 1] before the next round.
    """
    x, state, path = float(start), None, [float(start)]
    for t in range(1, rounds + 1):
        x, state = step(x, C if t % 3 == 1 else -1.0, state)
        x = float(np.clip(x, -1, 1))
        path.append(x)
        if abs(x) == 1.0:
            return path + [x] * (rounds - t)
    return path
