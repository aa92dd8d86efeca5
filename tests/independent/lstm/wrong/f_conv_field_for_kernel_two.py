"""my_stack['field'] is (k - 1) * 2**layers, which holds for k = 2 only; every drawn kernel is larger.

task: causal-conv
"""

# %% own-stack
my_stack = {"layers": None, "field": None, "plain": None}
kernel, steps = my_view["kernel"], my_view["steps"]
layers = 1
while (kernel - 1) * (2**layers - 1) + 1 < steps:
    layers += 1
my_stack["layers"] = layers
my_stack["field"] = (kernel - 1) * 2**layers
my_stack["plain"] = -(-(steps - 1) // (kernel - 1))
