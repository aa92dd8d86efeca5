"""a generator; the step is called by its argument's names

task: adam-fails
"""

# %% play
def walk(step, C, rounds, start):
    state, x = None, float(start)
    yield x
    for t in range(rounds):
        x, state = step(x, float(C) if t % 3 == 0 else -1.0, state)
        x = min(1.0, max(-1.0, float(x)))
        yield x


def play(step, C, rounds, start):
    return list(walk(step, C, rounds, start))
