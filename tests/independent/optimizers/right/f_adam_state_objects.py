"""A frozen dataclass per parameter as the state, each with its own count; class with a method does the step.

task: adam
"""

# %% adam
from dataclasses import dataclass


@dataclass(frozen=True)
class Moments:
    t: int = 0
    m: object = 0.0
    v: object = 0.0

    def after(self, g, b1, b2):
        return Moments(self.t + 1, b1 * self.m + (1 - b1) * g, b2 * self.v + (1 - b2) * np.multiply(g, g))

    def direction(self, b1, b2, eps):
        return (self.m / (1 - b1**self.t)) / (np.sqrt(self.v / (1 - b2**self.t)) + eps)


def adam_step(params, grads, state, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8):
    """Return (params, state) after one step of Adam.

    params, grads: {name: float64 array}, arrays of any shape. state: None before the first step,
    afterwards what the step before returned; what it holds is up to you. Two walks that begin
    with None have nothing to do with each other.
    """
    old = state if state is not None else {}
    new = {name: old.get(name, Moments()).after(np.asarray(g), *betas) for name, g in grads.items()}
    return {n: p - learning_rate * new[n].direction(*betas, eps) for n, p in params.items()}, new

# %% adam-lines
adam_lines = {
    "dm4_dg4": "1-beta",
    "dm4_dg1": "beta*beta*beta*(1-beta)",
    "dn4_dg": "(1 - beta)*(1 + beta + beta**2 + beta**3)",
    "du_deta": "(1 - beta1) * (1 - beta2)**(-1/2)",
}
