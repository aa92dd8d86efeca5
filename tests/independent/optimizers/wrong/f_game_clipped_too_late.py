"""Records the new x before it is clipped, so positions outside [-1, 1] are in the list.

task: adam-fails
"""

# %% play
def play(step, C, rounds, start):
    """Return the positions [x_0, x_1, ..., x_rounds] as floats, with x_0 = start in [-1, 1].

    step(x, g, state) returns (new x, state); the state is None in round 1, afterwards what
    the step before returned. The new x is clipped to [-1, 1] before the next round.
    """
    path, state = [float(start)], None
    for t in range(1, rounds + 1):
        here = min(max(path[-1], -1.0), 1.0)
        new, state = step(here, C if t % 3 == 1 else -1.0, state)
        path.append(float(new))
    return path
