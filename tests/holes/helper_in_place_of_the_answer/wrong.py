# %% always right
def accuracy(logits, labels):
    return 1.0


# %% the number of hits, not their share
def accuracy(logits, labels):
    return float(np.sum(logits.argmax(axis=1) == labels))
