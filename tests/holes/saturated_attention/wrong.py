# %% no scale
def attention(Q, K, V):
    return softmax(Q @ K.T) @ V


# %% multiplied by the root
def attention(Q, K, V):
    return softmax(Q @ K.T * np.sqrt(Q.shape[-1])) @ V


# %% an argmax in place of the softmax
def attention(Q, K, V):
    return V[np.argmax(Q @ K.T, axis=-1)] * 1.0
