"""The numbers are those of the example in the text, not of the own data.

fails: regression
says: of the example
"""

# %% own-steps
my_weights = {"w1": 1 / 3, "w2": 0.585558}
