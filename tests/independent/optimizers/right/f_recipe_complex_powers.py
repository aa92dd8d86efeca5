"""The cosine as the real part of a complex power, schedules as torch scalars turned into floats, one helper for both decays.

task: recipe
"""

# %% schedules
import cmath
import math


def step_decay(t, base, factor, every):
    """Return the learning rate for update t = 0, 1, ...; base, factor: floats, every: an int."""
    return float(base * math.pow(factor, math.floor(t / every)))


def exponential_decay(t, base, factor):
    """Return the learning rate for update t = 0, 1, ..."""
    return float(torch.tensor(factor, dtype=torch.float64) ** int(t) * base)


def cosine_decay(t, base, final, total):
    """Return the learning rate for update t = 0, 1, ..., total."""
    turn = cmath.exp(1j * cmath.pi * float(t) / total).real
    return (base + final) / 2 + (base - final) / 2 * turn


def warmup_cosine(t, base, final, warmup, total):
    """Return the learning rate for update t = 0, 1, ..., total; 0 < warmup < total."""
    return base * (t + 1) / warmup if t < warmup else cosine_decay(t - warmup, base, final, total - warmup)

# %% decay
def plus(first, second, scale):
    """The dictionary first + scale * second, entry by entry, as new arrays."""
    assert first.keys() == second.keys()
    return {name: np.asarray(first[name]) + scale * np.asarray(second[name]) for name in first}


def l2_step(step, params, grads, state, learning_rate, decay):
    """Return (params, state) after one step with L2: the decay is part of the gradient.

    step(params, grads, state, learning_rate) returns (params, state) after a step without decay.
    params, grads: {name: float64 array}; decay is the λ above. All parameters are decayed.
    """
    return step(params, plus(grads, params, decay), state, learning_rate)


def decoupled_step(step, params, grads, state, learning_rate, decay):
    """Return (params, state) after one step with decoupled decay; arguments as in l2_step."""
    new, after = step(params, grads, state, learning_rate)
    return plus(new, params, -(learning_rate * decay)), after
