# %% an empty list
def topological_sort(children):
    return []


# %% the first of the order only
def topological_sort(children):
    return [[node for node in children if not children[node]][0]]
