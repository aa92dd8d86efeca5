"""groups of three rounds, a last group that is not whole left out

task: adam-fails
"""

# %% play
def play(step, C, rounds, start):
    xs, state = [float(start)], None
    for _ in range(rounds // 3):
        for g in (C, -1.0, -1.0):
            x, state = step(xs[-1], g, state)
            xs.append(float(np.clip(x, -1, 1)))
    return xs
