# %% no scale
def attention(Q, K, V):
    return softmax(Q @ K.T) @ V


# %% divided by the dimension, not its root
def attention(Q, K, V):
    return softmax(Q @ K.T / Q.shape[-1]) @ V


# %% multiplied by the root
def attention(Q, K, V):
    return softmax(Q @ K.T * np.sqrt(Q.shape[-1])) @ V


# %% divided by ten
def attention(Q, K, V):
    return softmax(Q @ K.T / 10) @ V


# %% an argmax in place of the softmax
def attention(Q, K, V):
    return V[np.argmax(Q @ K.T, axis=-1)] * 1.0
