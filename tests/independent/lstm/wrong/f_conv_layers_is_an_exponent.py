"""my_stack['layers'] is the exponent of the last dilation and so one too small; field and plain are right.

task: causal-conv
"""

# %% own-stack
my_stack = {"layers": None, "field": None, "plain": None}
dilation, field = 1, my_view["kernel"]
while field < my_view["steps"]:
    dilation *= 2
    field += (my_view["kernel"] - 1) * dilation
my_stack["layers"] = int(np.log2(dilation))
my_stack["field"] = field
my_stack["plain"] = int(np.ceil((my_view["steps"] - 1) / (my_view["kernel"] - 1)))
