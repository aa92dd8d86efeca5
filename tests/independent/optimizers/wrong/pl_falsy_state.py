"""a state of 0 is taken for none

task: adam-fails
"""

# %% play
def play(step, C, rounds, start):
    xs, state = [float(start)], None
    for t in range(rounds):
        x, state = step(xs[-1], -1.0 if t % 3 else C, state or None)
        xs.append(min(max(float(x), -1.0), 1.0))
    return xs
