# %% not implemented
def ordered(children):
    raise NotImplementedError


# %% a misspelt name
def ordered(children):
    return childern
