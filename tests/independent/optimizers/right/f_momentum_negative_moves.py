"""Keeps minus the velocity, as a list of (name, array) pairs sorted by name, and adds it.

task: momentum
"""

# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    """Return (params, velocity) after one step, as new dictionaries.

    params, grads: {name: float64 array}. velocity: None before the first step, afterwards what
    the step before returned. average: True for the convention "average", False for "sum".
    """
    memory = [] if velocity is None else velocity
    downhill = dict(memory)
    share = {True: 1.0 - beta, False: 1.0}[bool(average)]

    def next_move(name):
        slope = np.array(grads[name], dtype=np.float64, copy=True)
        return beta * downhill[name] - share * slope if name in downhill else -share * slope

    moves = sorted(((name, next_move(name)) for name in grads), key=lambda pair: pair[0])
    return {name: params[name] + learning_rate * move for name, move in moves}, moves
