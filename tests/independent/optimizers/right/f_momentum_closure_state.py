"""A small closure blends old velocity and gradient, names in reversed order; torch's settings filled in by a loop.

task: momentum
"""

# %% momentum
def momentum_step(params, grads, velocity, learning_rate, beta, average):
    """Return (params, velocity) after one step, as new dictionaries.

    params, grads: {name: float64 array}. velocity: None before the first step, afterwards what
    the step before returned. average: True for the convention "average", False for "sum".
    """
    def blend(v, g):
        return v + (1 - beta) * (g - v) if average else g + beta * v

    new_velocity = {}
    for name in sorted(grads, reverse=True):
        v = np.zeros(np.shape(grads[name])) if velocity is None else velocity[name]
        new_velocity[name] = blend(v, grads[name])
    return {k: p - learning_rate * new_velocity[k] for k, p in params.items()}, new_velocity

# %% own-torch
torch_settings = {"average": {}, "sum": {}}
for name, settings in torch_settings.items():
    settings["dampening"] = 0
    settings["momentum"] = np.float64(my_momentum["beta"])
    settings["lr"] = my_momentum["eta"] * {"sum": 1, "average": 1 - my_momentum["beta"]}[name]
