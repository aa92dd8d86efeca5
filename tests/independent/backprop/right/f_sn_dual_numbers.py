"""Computes the three numbers with a small class of dual numbers (forward mode), lines all written out from the symbols.

task: scalar-network
"""

# %% scalar-network-lines
scalar_network_lines = {
    "dl_df": "-2*(y - f)",
    "dl_dw2": "2*h2*f - 2*h2*y",
    "dl_dh2": "2*(f - y)*w2",
    "dl_da2": "2*(f - y)*w2*(h2 - h2**2)",
    "dl_dw1": "2*(f - y)*w2*h2*(1 - h2)*sigmoid(w0*x)",
    "dl_dh1": "2*(f - y)*w2*exp(-a2)/(1 + exp(-a2))**2*w1",
    "dl_da1": "2*(f - y)*f*(1 - h2)*w1*h1*(1 - h1)",
    "dl_dw0": "2*x*w1*(w2*sigmoid(w1*sigmoid(w0*x)) - y)*f*(1 - h2)*h1*(1 - h1)",
}

# %% scalar-network
class Dual:
    def __init__(self, value, slope=0.0):
        self.value, self.slope = float(value), float(slope)

    def __mul__(self, other):
        return Dual(self.value * other.value, self.slope * other.value + self.value * other.slope)

    def __sub__(self, other):
        return Dual(self.value - other.value, self.slope - other.slope)

    def sigma(self):
        s = float(logistic(self.value))
        return Dual(s, s * (1 - s) * self.slope)


def seeded(which):
    v = {name: Dual(value, name == which) for name, value in numbers.items()}
    error = v["w2"] * (v["w1"] * (v["w0"] * v["x"]).sigma()).sigma() - v["y"]
    return (error * error).slope


my_gradients = {name: seeded(name) for name in ("w0", "w1", "w2")}
