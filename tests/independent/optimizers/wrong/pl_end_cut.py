"""the position before the game is missing where there are no rounds

task: adam-fails
"""

# %% play
def play(step, C, rounds, start):
    xs, state, x = [], None, float(start)
    if rounds == 0:
        return xs
    xs.append(x)
    for t in range(1, rounds + 1):
        x, state = step(x, C if (t - 1) % 3 == 0 else -1.0, state)
        x = float(np.clip(x, -1.0, 1.0))
        xs.append(x)
    return xs
