"""The drift measured by playing with a tiny rate far from the walls after 60 rounds; play filled into an array.

task: adam-fails
"""

# %% play
def play(step, C, rounds, start):
    """Return the positions [x_0, x_1, ..., x_rounds] as floats, with x_0 = start in [-1, 1].

    step(x, g, state) returns (new x, state); the state is None in round 1, afterwards what
    the step before returned. The new x is clipped to [-1, 1] before the next round.
    """
    assert -1 <= start <= 1
    positions = np.full(rounds + 1, float(start))
    memory = None
    for k in range(rounds):
        slope = float(C) if k % 3 == 0 else -1.0
        new, memory = step(float(positions[k]), slope, memory)
        positions[k + 1] = max(-1.0, min(1.0, float(new)))
    return positions.tolist()

# %% own-drift
C = my_game["C"]


def player(kind):
    def step(x, g, state):
        v, top = state or (0.0, 0.0)
        v = (v * 1.0 + C**2 * g**2) / (1 + C**2)
        top = max(top, v)
        size = {"sgd": 1.0, "adam": v**0.5, "amsgrad": top**0.5}[kind]
        return x - 1e-3 * g / size, (v, top)

    path = play(step, C, 63, 0.0)
    return (path[63] - path[60]) / 1e-3


my_drift = {kind: player(kind) for kind in ("sgd", "adam", "amsgrad")}
