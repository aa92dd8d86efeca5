"""The numbers are those of the example, not of the own matrix.

fails: learning-rate
says: of the example
"""

# %% own-rates
my_rates = {"limit": 0.552786, "best": 0.4, "steps": 9}
