# %% an empty list
def negated(numbers):
    return []


# %% the first only
def negated(numbers):
    return [-numbers[0]]
