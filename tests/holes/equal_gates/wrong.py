# %% forget and input gate swapped
def lstm_step(x, h, c, W):
    z = {gate: np.concatenate([x, h]) @ weights for gate, weights in W.items()}
    c = sigmoid(z["input"]) * c + sigmoid(z["forget"]) * np.tanh(z["new"])
    return sigmoid(z["output"]) * np.tanh(c), c


# %% the forget gate used as input gate, too
def lstm_step(x, h, c, W):
    z = {gate: np.concatenate([x, h]) @ weights for gate, weights in W.items()}
    c = sigmoid(z["forget"]) * c + sigmoid(z["forget"]) * np.tanh(z["new"])
    return sigmoid(z["output"]) * np.tanh(c), c
