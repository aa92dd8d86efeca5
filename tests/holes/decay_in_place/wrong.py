# %% the decay is added to the gradient itself
def momentum_step(w, g, velocity, lr, decay):
    g += decay * w
    velocity = 0.9 * velocity + g
    return w - lr * velocity, velocity
