# %% no scale
def attention(Q, K, V, mask):
    weights = softmax(np.where(mask, Q @ K.T, -1e9))
    return weights @ V, weights


# %% multiplied by the root instead of divided
def attention(Q, K, V, mask):
    weights = softmax(np.where(mask, Q @ K.T * np.sqrt(Q.shape[-1]), -1e9))
    return weights @ V, weights


# %% query and key swapped
def attention(Q, K, V, mask):
    weights = softmax(np.where(mask, K @ Q.T / np.sqrt(Q.shape[-1]), -1e9))
    return weights @ V, weights


# %% the values summed, not weighed
def attention(Q, K, V, mask):
    weights = softmax(np.where(mask, Q @ K.T / np.sqrt(Q.shape[-1]), -1e9))
    return mask @ V, weights
