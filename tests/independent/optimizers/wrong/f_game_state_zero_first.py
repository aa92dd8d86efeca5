"""Hands 0 to the first step as its state instead of None: steps that ask 'state is None' do not start properly.

task: adam-fails
"""

# %% play
def play(step, C, rounds, start):
    """Return the positions [x_0, x_1, ..., x_rounds] as floats, with x_0 = start in [-1, 1].

    step(x, g, state) returns (new x, state); the state is None in round 1, afterwards what
    the step before returned. The new x is clipped to [-1, 1] before the next round.
    """
    positions = np.empty(rounds + 1)
    positions[0], state = start, 0
    for k in range(rounds):
        x, state = step(float(positions[k]), -1.0 if k % 3 else C, state)
        positions[k + 1] = np.clip(x, -1.0, 1.0)
    return positions.tolist()
