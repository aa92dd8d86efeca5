"""itertools.cycle for the gradients and accumulate for the walk; the drift from a fixed point solved by hand.

task: adam-fails
"""

# %% play
def play(step, C, rounds, start):
    """Return the positions [x_0, x_1, ..., x_rounds] as floats, with x_0 = start in [-1, 1].

    step(x, g, state) returns (new x, state); the state is None in round 1, afterwards what
    the step before returned. The new x is clipped to [-1, 1] before the next round.
    """
    from itertools import accumulate, cycle, islice

    def one_round(at, g):
        x, memory = step(at[0], g, at[1])
        return min(1.0, max(-1.0, float(x))), memory

    gradients = islice(cycle((C, -1.0, -1.0)), rounds)
    return [float(x) for x, _ in accumulate(gradients, one_round, initial=(start, None))]

# %% own-drift
C = my_game["C"]
q = 1 / (1 + C**2)
# v after the third round leads back to itself: v = q³v + (1-q)(q²C² + q + 1)
v3 = (1 - q) * (q**2 * C**2 + q + 1) / (1 - q**3)
v1 = q * v3 + (1 - q) * C**2
v2 = q * v1 + (1 - q)
my_drift = {
    "amsgrad": -(C - 2) * v1**-0.5,
    "adam": -C * v1**-0.5 + v2**-0.5 + v3**-0.5,
    "sgd": -C + 1 + 1,
}
