"""The sum for class 0 is written with one bias instead of two, as if z(0, 0) were 0.

task: certificate
"""

# %% certificate-lines
certificate_lines = {"class_one": "w1 + w2 + 2*b", "class_zero": "w1 + w2 + b"}
