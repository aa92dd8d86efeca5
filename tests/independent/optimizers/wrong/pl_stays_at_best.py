"""once at the best place it stays there

task: adam-fails
"""

# %% play
def play(step, C, rounds, start):
    xs, state = [float(start)], None
    for t in range(1, rounds + 1):
        if xs[-1] == -1.0 and t > 1:
            xs.append(-1.0)
            continue
        x, state = step(xs[-1], C if t % 3 == 1 else -1.0, state)
        xs.append(float(np.clip(x, -1, 1)))
    return xs
